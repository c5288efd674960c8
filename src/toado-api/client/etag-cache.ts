/** Answers that came with an `ETag`, so that asking again for something unchanged moves no body. One token's only. */
import { LRUCache } from 'lru-cache';
import type { HttpResponse } from '../http/http.ts';

const MAX_BYTES = 8 * 1024 * 1024;

/** As it came: whoever gets it again reads it anew, so that nobody changes what the next one gets. */
export type EtagCache = LRUCache<string, HttpResponse & { etag: string }>;

export function createEtagCache(): EtagCache {
  return new LRUCache({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_BYTES / 2,
    sizeCalculation: ({ text }) => Math.max(1, text.length),
  });
}
