/** The REST client: an API for each call, on what is learned once for all of them. */
import type { Budget } from '../errors/rate-limit.ts';
import { LargeAnswers, type LargePlace } from '../http/large-answers.ts';
import type { ToadoApi } from '../routes/calls.ts';
import { type RouteName, routes } from '../routes/routes.ts';
import { EtagCache } from './etag-cache.ts';
import { inPages } from './fetch-pages.ts';
import { KnownNames } from './known-names.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import type { BudgetState } from './rate-limiter.ts';
import { RouteCall } from './route-call.ts';

export interface Client {
  /** The API as one call may use it. */
  for(options: CallOptions): ToadoApi;
  budget(of: Budget): BudgetState;
  /** For a call, which has to leave it. */
  place(): LargePlace;
  /** The names of what answers have shown so far. */
  names: KnownNames;
  /** Another token: nothing learned under the old one may serve it. */
  forget(): void;
  close(): Promise<void>;
}

export function createClient(options: ClientOptions): Client {
  const { http, token, rateLimiter } = options;
  const table = options.routes ?? routes;
  const names = new KnownNames();
  const shared = { ...options, largeAnswers: new LargeAnswers() };
  /** One token's only: a call that began under another one keeps that one's. */
  let cache = new EtagCache();

  /** A method for each route, made once: every call gets an API of its own. */
  class BoundApi {
    readonly began = performance.now();

    constructor(
      readonly options: CallOptions,
      readonly token: string,
      readonly cache: EtagCache,
    ) {}

    /** A list that the contract gives whole comes as an array, however many pages it has. */
    async call(name: RouteName, args: Record<string, unknown>): Promise<unknown> {
      const answer = await inPages(table[name], args, (route, more) =>
        new RouteCall(shared, this, name, route, more).run(),
      );
      if (Array.isArray(answer)) names.learn(name, answer);
      return answer;
    }
  }
  for (const name of Object.keys(table) as RouteName[]) {
    Object.defineProperty(BoundApi.prototype, name, {
      value(this: BoundApi, args: Record<string, unknown>) {
        return this.call(name, args);
      },
    });
  }

  return {
    for: (options) => new BoundApi(options, token(), cache) as unknown as ToadoApi,
    budget: (of) => rateLimiter.state(of),
    place: () => shared.largeAnswers.place(),
    names,
    forget: () => {
      names.clear();
      cache = new EtagCache();
      rateLimiter.forget();
    },
    close: () => http.close(),
  };
}
