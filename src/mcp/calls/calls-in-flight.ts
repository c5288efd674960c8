/** The calls under way: what ends each of them, and how long the end of the process waits for which. */
import type { Effect } from '../../base/effect.ts';

/** How a call hears that it is not wanted any more. */
export interface CallLife {
  /** Closes its sockets at once: the client cancelled it, or its time is up. */
  signal: AbortSignal;
  /** Nothing more leaves for it; a write that is on the wire may still learn its outcome. */
  leaving: AbortSignal;
  /** Both at once. */
  giveUp: () => void;
}

interface Call {
  name: string;
  isWrite: boolean;
  stop: AbortController;
  /** A read has nothing to learn once it is left, so for it this is the same. */
  leave: AbortController;
  giveUp: () => void;
  onEnd?: () => void;
}

export class CallsInFlight {
  readonly #calls = new Set<Call>();
  #ended = false;

  /** @param cancelled the client's own signal for this call alone, which is forgotten with it. */
  async track<Result>(
    { name, effect }: { name: string; effect: Effect },
    cancelled: AbortSignal,
    work: (life: CallLife) => Promise<Result>,
  ): Promise<Result> {
    const isWrite = effect !== 'read';
    const stop = new AbortController();
    const leave = isWrite ? new AbortController() : stop;
    const giveUp = () => {
      leave.abort();
      stop.abort();
    };
    if (cancelled.aborted) giveUp();
    else cancelled.addEventListener('abort', giveUp, { once: true });
    const call: Call = { name, isWrite, stop, leave, giveUp };
    if (this.#ended) end(call);
    this.#calls.add(call);
    try {
      return await work({ signal: stop.signal, leaving: leave.signal, giveUp });
    } finally {
      this.#calls.delete(call);
      call.onEnd?.();
    }
  }

  /** The client is gone: reads are aborted, writes send nothing more. */
  end(): void {
    this.#ended = true;
    for (const call of this.#calls) end(call);
  }

  /** There is no time left: what is under way ends, and of writes the outcome is not known. */
  giveUp(): void {
    for (const call of this.#calls) call.giveUp();
  }

  /** Names of the writes whose outcome nobody knows yet. */
  writes(): string[] {
    return [...this.#calls].filter(({ isWrite }) => isWrite).map(({ name }) => name);
  }

  /** Resolves when every write under way has ended. */
  async writesEnded(): Promise<void> {
    const writes = [...this.#calls].filter(({ isWrite }) => isWrite);
    await Promise.all(
      writes.map(
        (call) =>
          new Promise<void>((resolve) => {
            call.onEnd = resolve;
          }),
      ),
    );
  }
}

function end({ isWrite, leave, stop }: Call): void {
  leave.abort();
  if (!isWrite) stop.abort();
}
