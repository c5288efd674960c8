/** Answers that came with an `ETag`, so that asking again for something unchanged moves no body. One token's only. */

const MAX_BYTES = 8 * 1024 * 1024;

interface Entry {
  etag: string;
  answer: unknown;
  bytes: number;
}

export class EtagCache {
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  get(target: string): Entry | undefined {
    const entry = this.#entries.get(target);
    if (entry) {
      // A Map keeps the order of insertion: the one used last goes to the end, the one forgotten first stands first.
      this.#entries.delete(target);
      this.#entries.set(target, entry);
    }
    return entry;
  }

  set(target: string, entry: Entry): void {
    this.delete(target);
    if (entry.bytes > MAX_BYTES / 2) return;
    this.#entries.set(target, entry);
    this.#bytes += entry.bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= MAX_BYTES) break;
      this.delete(oldest);
    }
  }

  delete(target: string): void {
    const entry = this.#entries.get(target);
    if (!entry) return;
    this.#entries.delete(target);
    this.#bytes -= entry.bytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}
