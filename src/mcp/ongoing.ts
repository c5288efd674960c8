/** The calls under way: what ends each of them, and how long the end of the process waits for which. */
import type { Effect } from '../catalogue/effect.ts';

/** How a call hears that it is not wanted any more. */
export interface CallLife {
  /** Closes its sockets at once: the client cancelled it, or its time is up. */
  signal: AbortSignal;
  /** Nothing more leaves for it; a write that is on the wire may still learn its outcome. */
  leaving: AbortSignal;
}

interface Call {
  name: string;
  isWrite: boolean;
  stop: AbortController;
  leave: AbortController;
  ended: Promise<unknown>;
}

export class Ongoing {
  readonly #calls = new Set<Call>();
  #ended = false;

  /** @param cancelled the client's own signal for this call. */
  run<Result>(
    tool: { name: string; effect: Effect },
    cancelled: AbortSignal,
    work: (life: CallLife) => Promise<Result>,
  ): Promise<Result> {
    const stop = new AbortController();
    const leave = new AbortController();
    const onCancel = () => {
      leave.abort();
      stop.abort();
    };
    if (cancelled.aborted) onCancel();
    else cancelled.addEventListener('abort', onCancel, { once: true });
    const call: Call = {
      name: tool.name,
      isWrite: tool.effect !== 'read',
      stop,
      leave,
      ended: Promise.resolve(),
    };
    if (this.#ended) end(call);
    const result = work({ signal: stop.signal, leaving: leave.signal }).finally(() => {
      cancelled.removeEventListener('abort', onCancel);
      this.#calls.delete(call);
    });
    call.ended = result.catch(() => {});
    this.#calls.add(call);
    return result;
  }

  /** The client is gone: reads are aborted, writes send nothing more. */
  end(): void {
    this.#ended = true;
    for (const call of this.#calls) end(call);
  }

  /** Names of the writes whose outcome nobody knows yet. */
  writes(): string[] {
    return [...this.#calls].filter(({ isWrite }) => isWrite).map(({ name }) => name);
  }

  /** Resolves when every write under way has ended. */
  async writesEnded(): Promise<void> {
    await Promise.all([...this.#calls].filter(({ isWrite }) => isWrite).map(({ ended }) => ended));
  }
}

function end({ isWrite, leave, stop }: Call): void {
  leave.abort();
  if (!isWrite) stop.abort();
}
