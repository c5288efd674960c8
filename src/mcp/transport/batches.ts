/**
 * JSON-RPC batches (revision 2025-03-26): several messages in one line, whose answers leave together in one line. Each
 * message in it is served on its own.
 */
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import type { RequestId } from '../protocol/json-rpc.ts';

interface Batch {
  /** How many of its requests have no answer yet. */
  waiting: number;
  answers: JSONRPCMessage[];
  isRead: boolean;
}

export class Batches {
  /** An id may be in use more than once, against the rules: its answers come one after the other. */
  readonly #of = new Map<RequestId, Batch[]>();
  readonly #write: (answers: JSONRPCMessage[]) => void;
  /** The one that is being read: its requests, and what is refused of it, belong to it. */
  #reading?: Batch | undefined;

  constructor(write: (answers: JSONRPCMessage[]) => void) {
    this.#write = write;
  }

  read(parts: readonly unknown[], take: (part: unknown) => void): void {
    const batch: Batch = { waiting: 0, answers: [], isRead: false };
    this.#reading = batch;
    for (const part of parts) take(part);
    this.#reading = undefined;
    batch.isRead = true;
    this.#leaveWhenWhole(batch);
  }

  /** A request that will be answered; in a batch, it is the batch's. */
  expect(id: RequestId): void {
    if (!this.#reading) return;
    this.#reading.waiting++;
    this.#of.set(id, [...(this.#of.get(id) ?? []), this.#reading]);
  }

  /** @returns whether the answer leaves with a batch, and so not by itself. */
  hold(id: RequestId | null, answer: JSONRPCMessage): boolean {
    const batch = (id === null ? undefined : this.#of.get(id)?.[0]) ?? this.#reading;
    if (!batch) return false;
    batch.answers.push(answer);
    if (id !== null) this.forget(id);
    return true;
  }

  /** A request that is answered, or not wanted any more. */
  forget(id: RequestId): void {
    const [batch, ...others] = this.#of.get(id) ?? [];
    if (!batch) return;
    if (others.length > 0) this.#of.set(id, others);
    else this.#of.delete(id);
    batch.waiting--;
    this.#leaveWhenWhole(batch);
  }

  #leaveWhenWhole({ isRead, waiting, answers }: Batch): void {
    if (isRead && waiting === 0 && answers.length > 0) this.#write(answers);
  }
}
