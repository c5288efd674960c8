import { type Client, createClient } from '../../src/toado-api/client/client.ts';
import { ServerClock } from '../../src/toado-api/client/clock.ts';
import { RateLimiter } from '../../src/toado-api/client/rate-limiter.ts';
import { createHttp } from '../../src/toado-api/http/http.ts';
import { atEnd } from './ending.ts';

/** The REST client, at an API of a test's own. */
export function clientOf(url: string, more: Partial<Parameters<typeof createClient>[0]> = {}): Client {
  const client = createClient({
    http: createHttp({ baseUrl: url, userAgent: 'test' }),
    host: new URL(url).host,
    token: () => 'tok_fake_for_tests',
    rateLimiter: new RateLimiter(),
    clock: new ServerClock(),
    hasIdempotencyKeys: () => false,
    ...more,
  });
  atEnd(() => client.close());
  return client;
}
