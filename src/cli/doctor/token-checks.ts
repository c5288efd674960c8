/** What Toado says about the token: accepted or not, whose, how far it reaches, what is left of it. */

import { Failure } from '../../base/failure.ts';
import { TOKENS_PAGE } from '../../base/tokens-page.ts';
import { lookUpPins } from '../../session/pin-lookup.ts';
import type { Session } from '../../session/session.ts';
import { restrictions } from '../../session/whoami.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import type { TokenInfo } from '../../toado-api/schemas/index.ts';
import { nextForPerson } from './next-steps.ts';
import type { Check, Report } from './report.ts';

const LOOKUP_MS = 15_000;
const ROUND_TRIPS = 5;
/** A clock that is further off makes times in answers hard to compare. */
const CLOCK_MS = 60_000;
const SOON_DAYS = 7;

export const TOKEN_CHECKS = ['token', 'scopes', 'reach', 'limits', 'latency', 'clock'];

/** @returns whether the token is accepted. */
export async function checkToken(session: Session, report: Report): Promise<boolean> {
  const state = await session.grant.refresh();
  if (state.state !== 'granted') {
    const failure = state.state === 'asking' ? undefined : state.failure;
    await report.add({
      name: 'token',
      state: 'fail',
      says: `${failure?.sentence ?? 'Toado has not answered.'} (token from ${session.settings.token.origin})`,
      next: failure && nextForPerson(failure),
      details: { code: failure?.code },
    });
    await report.skip(TOKEN_CHECKS.slice(1), 'not known without an accepted token');
    return false;
  }
  const { info, scopes, unknownScopes } = state;
  const api = session.client.for({ effect: 'read', deadline: performance.now() + LOOKUP_MS });
  await report.add(acceptance(info, session));
  await report.add({
    name: 'scopes',
    state: unknownScopes.length > 0 || scopes.length === 0 ? 'warn' : 'ok',
    says: `${scopes.join(', ') || 'none'}${unknownScopes.length > 0 ? `; unknown to this version: ${unknownScopes.join(', ')}` : ''}`,
    next:
      unknownScopes.length > 0
        ? 'Unknown scopes are ignored; a newer toado-mcp may know them.'
        : scopes.length === 0
          ? `Make a token with at least read under ${TOKENS_PAGE}.`
          : undefined,
    details: { scopes, unknownScopes },
  });
  await report.add(await reach(info, api));
  for (const check of await pins(session, api)) await report.add(check);
  const latency = await roundTrips(api);
  await report.add(limits(info, session));
  await report.add(latency);
  await report.add(clock(session));
  return true;
}

function acceptance(info: TokenInfo, { settings, redactor }: Session): Check {
  const { label, user, expires_at: expires } = info;
  const who = `${label ?? 'without a label'}${user?.name ? `, of ${user.name}` : ''}`;
  const days = expires ? Math.floor((Date.parse(expires) - Date.now()) / 86_400_000) : undefined;
  const isSoon = days !== undefined && days < SOON_DAYS;
  return {
    name: 'token',
    state: isSoon ? 'warn' : 'ok',
    says: redactor.redact(
      `accepted: ${who} (from ${settings.token.origin})${days === undefined ? '' : `; ends in ${days} days`}`,
    ),
    next: isSoon ? `Make its successor under ${TOKENS_PAGE} before it ends.` : undefined,
    details: { label, owner: user ?? undefined, tokenId: info.id, expiresAt: expires },
  };
}

async function reach(info: TokenInfo, api: ReadApi): Promise<Check> {
  const { companies, projects } = await restrictions(info, api);
  const isEmpty = companies.length === 0 || projects.length === 0;
  return {
    name: 'reach',
    // A list with nothing in it is a token that sees nothing.
    state: isEmpty ? 'warn' : 'ok',
    says: `companies: ${reachAsText(companies)}; projects: ${reachAsText(projects)}`,
    next: isEmpty
      ? `This token sees nothing at all: make one in Toado under ${TOKENS_PAGE} that may see a company or project.`
      : undefined,
    details: { companies, projects },
  };
}

type Reach = Awaited<ReturnType<typeof restrictions>>['companies'];

function reachAsText(reach: Reach): string {
  if (typeof reach === 'string') return reach;
  return reach.map(({ id, name }) => (name ? `${name} (${id})` : id)).join(', ') || 'none';
}

/** `--project` and `--company`: whether there is such a thing for this token. */
async function pins({ settings }: Session, api: ReadApi): Promise<Check[]> {
  const lookups = await lookUpPins(settings.pins, api, () => true);
  return lookups.map((pin): Check => {
    const { flag, argument, given, what, found } = pin;
    if (found)
      return {
        name: 'fixed',
        state: 'ok',
        says: `${flag} is ${found.name} (${found.id})`,
        details: { [argument]: found.id },
      };
    const { failure, why } = pin;
    const isMissing = why === 'missing';
    const { lists } = failure.details;
    return {
      name: 'fixed',
      state: 'fail',
      says: isMissing
        ? `${flag} ${given}: this token sees no ${what} of that id or name`
        : `${flag}: ${failure.sentence}`,
      next: lists
        ? `${lists.title} ${lists.text.replaceAll('\n', '; ')}`
        : isMissing
          ? 'Ids are case-sensitive; whoami says what the token is limited to.'
          : failure.next,
    };
  });
}

async function roundTrips(api: ReadApi): Promise<Check> {
  const times: number[] = [];
  try {
    for (let at = 0; at < ROUND_TRIPS; at++) {
      const began = performance.now();
      await api.tokenInfo({});
      times.push(performance.now() - began);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { name: 'latency', state: 'warn', says: error.sentence, next: nextForPerson(error) };
  }
  const sorted = times.sort((a, b) => a - b).map((ms) => Math.round(ms * 10) / 10);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return {
    name: 'latency',
    state: 'ok',
    says: `a request takes ${median} ms (median of ${ROUND_TRIPS}; ${sorted[0]} to ${sorted.at(-1)} ms)`,
    details: { medianMs: median, minMs: sorted[0], maxMs: sorted.at(-1) },
  };
}

function limits(info: TokenInfo, { client }: Session): Check {
  const read = client.budget('read');
  const write = client.budget('write');
  const reads = info.limits?.reads_per_minute ?? read.limit;
  const writes = info.limits?.writes_per_minute ?? write.limit;
  const isLow = read.remaining !== undefined && read.remaining < 10;
  const left = (remaining: number | undefined) => (remaining === undefined ? '' : ` (${remaining} left)`);
  return {
    name: 'limits',
    state: isLow ? 'warn' : 'ok',
    says: `${reads ?? 'unknown'} reads${left(read.remaining)} and ${writes ?? 'unknown'} writes${left(write.remaining)} a minute`,
    next: isLow ? `Something else uses this token; its budget is renewed in ${read.resetIn} s.` : undefined,
    details: { reads, readsLeft: read.remaining, writes, writesLeft: write.remaining },
  };
}

function clock(session: Session): Check {
  const { offsetMs } = session.clock;
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const isOff = Math.abs(offsetMs) > CLOCK_MS;
  return {
    name: 'clock',
    state: isOff ? 'warn' : 'ok',
    says:
      seconds <= 1
        ? 'agrees with Toado’s (to a second)'
        : `Toado’s is ${seconds} s ${offsetMs > 0 ? 'ahead of' : 'behind'} this machine’s`,
    next: isOff ? 'Set this machine’s clock; certificates and times of comments depend on it.' : undefined,
    details: { offsetMs },
  };
}
