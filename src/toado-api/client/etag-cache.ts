/** Answers that came with an `ETag`, so that asking again for something unchanged moves no body. One token's only. */
import type { LRUCache } from 'lru-cache';
import type { HttpResponse } from '../http/http.ts';

const MAX_BYTES = 8 * 1024 * 1024;

/** As it came: whoever gets it again reads it anew, so that nobody changes what the next one gets. */
type Tagged = HttpResponse & { etag: string };

export class EtagCache {
  /** Loaded with the first answer that it can keep: many an API sends no ETag, and no start needs one. */
  #answers: LRUCache<string, Tagged> | undefined;

  get(target: string): Tagged | undefined {
    return this.#answers?.get(target);
  }

  async set(target: string, answer: Tagged): Promise<void> {
    if (!this.#answers) {
      const { LRUCache } = await import('lru-cache');
      this.#answers ??= new LRUCache({
        maxSize: MAX_BYTES,
        maxEntrySize: MAX_BYTES / 2,
        sizeCalculation: ({ text }) => Math.max(1, text.length),
      });
    }
    this.#answers.set(target, answer);
  }
}
