/**
 * One running server’s ties to Toado: the client, what the token may do, and what of the catalogue follows from it.
 */
import { type Access, decideAccess, decideUse, type Gated } from '../access/access.ts';
import { Grant, type GrantState } from '../access/grant.ts';
import { Failure, isTokenRefused } from '../base/failure.ts';
import { SCOPES } from '../base/scopes.ts';
import { userAgent } from '../base/version.ts';
import { catalogue } from '../catalogue/index.ts';
import { createLog, type Log } from '../respond/log.ts';
import { type Redactor, secrets as redactor } from '../respond/redact-token.ts';
import type { Settings } from '../settings/settings.ts';
import { NO_TOKEN_SOURCE } from '../settings/token-source.ts';
import { type Client, createClient } from '../toado-api/client/client.ts';
import { ServerClock } from '../toado-api/client/clock.ts';
import { RateLimiter } from '../toado-api/client/rate-limiter.ts';
import { createHttp } from '../toado-api/http/http.ts';
import { mappedRoutes } from '../toado-api/routes/api-map.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import { CreateTracker } from '../tool-kit/unconfirmed-writes/create-tracker.ts';
import type { WritesThatSetUpdatedAt } from '../tool-kit/unconfirmed-writes/writes-that-set-updated-at.ts';
import { shownAs } from '../views/attribution.ts';
import type { ViewContext } from '../views/ticket.ts';
import { PinnedIds } from './pinned-ids.ts';
import type { Pins } from './pins.ts';

/** Asking for the token info takes no longer than this, retries included. */
const ASK_MS = 9_000;

export interface Session {
  settings: Settings;
  client: Client;
  grant: Grant;
  clock: ServerClock;
  redactor: Redactor;
  log: Log;
  token: SessionToken;
  access: SessionAccess;
  /** What this session has created, or may have. */
  creates: CreateTracker;
  updatedAtWrites: WritesThatSetUpdatedAt;
  /** What views have to know: pages' addresses, names that came by. */
  views: ViewContext;
  /** Starts asking what the token may do. */
  start(): void;
  close(): Promise<void>;
}

/** The token of this moment; it can be replaced while the server runs. */
export interface SessionToken {
  /** Who a write will be shown as, the token's own id and its owner's, as far as the token info says. */
  identity(): { shownAs?: string | undefined; tokenId?: string | undefined; userId?: string | undefined };
  /**
   * Runs it, and once more where the token was replaced under it: a 401 means that nothing was carried out. What may
   * have been carried out before is not run again.
   */
  retryIfReplaced<Result>(run: () => Promise<Result>): Promise<Result>;
  /** Reads it again. @returns whether it is another one than that. */
  reread(before: string): boolean;
}

/** What is offered at this moment. */
export interface SessionAccess {
  /** Of the tools. */
  tools(): Access;
  /** Of prompts and resources. */
  to(gated: readonly Gated[]): Access;
  /**
   * The ids of what `--project` and `--company` fix.
   * @param needed what the caller can't do without: both, unless it says so.
   * @throws Failure where one of those isn't known, and can't be now.
   */
  pinnedIds(api: ReadApi, needed?: readonly (keyof Pins)[]): Promise<Pins>;
  /** What they fix: the ids, as far as they are known, otherwise as it was given. */
  fixed(): Pins;
  /** Why nothing but whoami can be offered, though the token is good. */
  pinProblem(): Failure | undefined;
  /** Called after every change. */
  onChange(listener: () => void): void;
}

/** @param write takes the log's lines; stderr does by default. */
export function createSession(settings: Settings, write?: (line: string) => void): Session {
  const { apiUrl, token } = settings;
  redactor.add(token.current());
  const log = createLog({ level: settings.logLevel, format: settings.logFormat, redactor, write });
  const rateLimiter = new RateLimiter();
  const clock = new ServerClock();
  const client = clientOf(settings, { rateLimiter, clock, log, grant: () => grant });
  const listeners: (() => void)[] = [];
  let lastOffered = decideAccess(catalogue, undefined, settings.narrowing).offered.join();
  const pinned = new PinnedIds(settings.pins, (tool) =>
    decideAccess(catalogue, SCOPES, settings.narrowing).offered.includes(tool),
  );
  const grant = new Grant({
    ask: async () => {
      if (token.reread()) replaced();
      const unusable = token.problem();
      if (unusable !== undefined) throw unusableToken(unusable, token);
      const api = client.for({ effect: 'read', isUrgent: true, deadline: performance.now() + ASK_MS });
      const info = await api.tokenInfo({});
      await pinned.check(api);
      return info;
    },
    onChange: (now, before) => {
      if (now.state === 'granted') rateLimiter.assume('write', now.info.limits?.writes_per_minute);
      logChange(log, now, before, session);
      const offered = access.tools().offered.join();
      if (offered !== lastOffered) for (const listener of listeners) listener();
      lastOffered = offered;
    },
  });
  const access = accessOf(grant, settings, pinned, listeners);

  /** Another token: what was learned under the old one serves it no more. */
  const replaced = () => {
    redactor.add(token.current());
    client.forget();
    grant.forget();
    pinned.forgetProblem();
    log('info', `The token in ${token.origin} has changed; asking what it may do`);
  };
  let unwatch = () => {};

  const session: Session = {
    settings,
    client,
    grant,
    clock,
    redactor,
    log,
    access,
    token: tokenOf(grant, token, replaced),
    creates: new CreateTracker(),
    updatedAtWrites: { kinds: new Set(), times: new Map() },
    views: viewsOf(new URL(apiUrl).origin, client),
    start() {
      for (const warning of settings.warnings) log('warn', warning);
      void settings.files?.removeOld();
      unwatch = token.watch(() => {
        replaced();
        void grant.refresh();
      });
      void grant.refresh();
    },
    async close() {
      settings.files?.end();
      unwatch();
      grant.stop();
      await client.close();
    },
  };
  return session;
}

interface ClientParts {
  rateLimiter: RateLimiter;
  clock: ServerClock;
  log: Log;
  grant: () => Grant;
}

function clientOf(settings: Settings, { rateLimiter, clock, log, grant }: ClientParts): Client {
  const { apiMap, apiUrl, token } = settings;
  return createClient({
    http: createHttp({ baseUrl: apiUrl, userAgent, proxy: settings.proxy.proxy }),
    host: new URL(apiUrl).host,
    ...(apiMap && { routes: mappedRoutes(apiMap.map), fields: apiMap.map.fields }),
    token: token.current,
    renewal: token.renewal,
    rateLimiter,
    clock,
    hasIdempotencyKeys: () => {
      const { now } = grant();
      return now.state === 'granted' && !!now.info.features?.includes('idempotency-key');
    },
    onRefused: () => void grant().refresh(),
    onCall:
      settings.logLevel === 'debug'
        ? ({ method, path, ...rest }) => log('debug', `${method} ${path}`, rest)
        : undefined,
  });
}

function accessOf(
  grant: Grant,
  settings: Settings,
  pinned: PinnedIds,
  listeners: (() => void)[],
): SessionAccess {
  /** Asked for at every call, and another one only where something else is known of the token. */
  let decided: { on: GrantState; access: Access } | undefined;
  const tools = () => {
    const { now } = grant;
    if (decided?.on !== now) {
      const scopes = now.state === 'granted' ? now.scopes : undefined;
      const narrowing = { ...settings.narrowing, isPinMissing: pinned.problem !== undefined };
      decided = { on: now, access: decideAccess(catalogue, scopes, narrowing) };
    }
    return decided.access;
  };
  return {
    tools,
    to: (gated) => decideUse(gated, tools()),
    pinnedIds: (api, needed = ['company_id', 'project_id']) => pinned.known(api, needed),
    fixed: () => pinned.shown,
    pinProblem: () => pinned.problem,
    onChange: (listener) => void listeners.push(listener),
  };
}

function tokenOf(grant: Grant, source: Settings['token'], replaced: () => void): SessionToken {
  const reread = (before: string) => {
    // Of several calls at once, the first reads the file again.
    if (source.reread()) replaced();
    return source.current() !== before;
  };
  return {
    identity() {
      if (grant.now.state !== 'granted') return {};
      const { user, label, id } = grant.now.info;
      const tokenId = id ?? undefined;
      if (!user) return { tokenId };
      const known = label || id ? { id: id ?? '', label: label ?? null } : null;
      return {
        tokenId,
        userId: user.id ?? undefined,
        shownAs: shownAs({ user, token: known, via: 'mcp' }),
      };
    },
    async retryIfReplaced(run) {
      const before = source.current();
      try {
        return await run();
      } catch (error) {
        if (!isTokenRefused(error) || !reread(before)) throw error;
        return await run();
      }
    },
    reread,
  };
}

function viewsOf(webOrigin: string, client: Client): ViewContext {
  return {
    webOrigin,
    pageOf: (ticketId) => `${webOrigin}/tickets/${ticketId}`,
    nameOf: (kind, id) => client.names.of(kind, id),
  };
}

function unusableToken(problem: string, { origin }: Settings['token']): Failure {
  const next =
    origin === NO_TOKEN_SOURCE
      ? 'A person has to correct that where this client starts toado-mcp, and to start it again.'
      : 'A person has to correct the file; it is read again by the next call.';
  return new Failure('settings', problem, next, { outcome: 'not_sent' });
}

function logChange(log: Log, now: GrantState, before: GrantState, session: Session): void {
  const { apiUrl, token } = session.settings;
  switch (now.state) {
    case 'granted': {
      const { offered, withheld } = session.access.tools();
      const counts = `${offered.length} ${offered.length === 1 ? 'tool' : 'tools'} offered, ${withheld.length} withheld (scopes: ${now.scopes.join(', ') || 'none'})`;
      if (before.state === 'granted') {
        if (before.info.scopes.join() === now.info.scopes.join()) return;
        log('info', `the token's scopes have changed: ${counts}`);
      } else {
        const { label, user } = now.info;
        const who = [user?.name, label && `(${label})`].filter(Boolean).join(' ');
        log('info', `ready at ${apiUrl}${who ? ` as ${who}` : ''}: ${counts}`);
      }
      if (now.unknownScopes.length > 0)
        log('warn', `The token has scopes that this version does not know: ${now.unknownScopes.join(', ')}`);
      return;
    }
    case 'refused':
    case 'unreachable':
      if (before.state === now.state) return;
      log(
        'error',
        `${now.failure.sentence} (${apiUrl}, token from ${token.origin}) Only whoami is offered until then. ${now.failure.next}`,
      );
      return;
    case 'misconfigured':
      if (before.state !== now.state) log('error', now.failure.sentence);
      return;
    case 'asking':
      return;
  }
}
