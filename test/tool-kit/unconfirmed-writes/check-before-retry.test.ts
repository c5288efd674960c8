/** Every failure ends with one instruction, whatever the tool does: no two that contradict each other. */
import { expect, test } from 'vitest';
import { explainRefusal } from '../../../src/access/explain-refusal.ts';
import { Failure } from '../../../src/base/failure.ts';
import { KnownNames } from '../../../src/toado-api/client/known-names.ts';
import { badAnswer, failureInside, failureOf } from '../../../src/toado-api/errors/api-errors.ts';
import { ERROR_WORDS } from '../../../src/toado-api/errors/error-codes.ts';
import { describeNetworkError } from '../../../src/toado-api/http/network-errors.ts';
import { withCheckBeforeRetry } from '../../../src/tool-kit/unconfirmed-writes/check-before-retry.ts';
import { tools } from '../../../tools/index.ts';

const HOST = 'app.toado.example';
const STATUSES = [
  302, 304, 400, 401, 403, 404, 405, 407, 408, 409, 413, 418, 422, 429, 500, 501, 502, 503, 504, 520,
];
const BODIES = [
  '',
  '<html>no</html>',
  'plain words',
  '{}',
  ...Object.keys(ERROR_WORDS).map((code) => JSON.stringify({ error: { code, message: 'said' } })),
];
const HEADERS = [{}, { 'retry-after': '30' }];
const NETWORK = ['ECONNREFUSED', 'ENOTFOUND', 'HEADERS_TIMEOUT', 'CERT_HAS_EXPIRED', 'ECONNRESET'];

const KINDS: [kind: string, says: RegExp][] = [
  ['again', /(?<!Correct them and )\b(call|try|then call) again\b/i],
  ['look first', /\blook with\b/i],
  ['correct', /\bcorrect (them|the)\b|shorten/i],
  ['start over', /start over/i],
];

/** What of it tells the caller to do something that can't be done together. */
function instructions(next: string): string[] {
  return KINDS.filter(([, says]) => says.test(next)).map(([kind]) => kind);
}

function* failures(isRead: boolean): Generator<Failure> {
  const route = { method: isRead ? 'GET' : 'POST', path: '/tickets/{ticket_id}/x', isRead } as const;
  const asked = { route, host: HOST };
  for (const status of STATUSES)
    for (const text of BODIES)
      for (const headers of HEADERS) yield failureOf({ status, headers, text }, asked);
  yield badAnswer('it is empty', { status: 200, headers: {}, text: '' }, asked);
  yield badAnswer('', { status: 200, headers: { 'content-type': 'text/html' }, text: '<p>' }, asked);
  yield failureInside({ ok: false }, { status: 200, headers: {}, text: '' }, asked);
  for (const code of NETWORK) {
    const {
      code: ours,
      sentence,
      next,
    } = describeNetworkError(Object.assign(new Error(code), { code }), `https://${HOST}`);
    yield new Failure(ours, sentence, next, { outcome: isRead ? 'no_answer' : 'outcome_unknown' });
    yield new Failure(ours, sentence, next, { outcome: 'not_sent' });
  }
}

const granted = {
  state: 'granted' as const,
  scopes: [],
  unknownScopes: [],
  info: { scopes: [], companies: ['co_1'], projects: null },
};

const FAILURES = { read: [...failures(true)], write: [...failures(false)] };

/** What is wrong with what a caller is told; nothing where it is right. */
function faultsOf({ outcome, sentence, next }: Failure): string[] {
  const all = instructions(next);
  return [
    all.length > 1 && `tells ${all.join(' and ')}`,
    outcome === 'outcome_unknown' && all.join() !== 'look first' && 'does not say to look first',
    outcome !== 'outcome_unknown' && all.includes('look first') && 'says to look for what is known',
    /call again|try again/i.test(sentence) && 'has an instruction in its sentence',
    !/^[A-Z`].*[.]$/.test(next) && 'is no sentence',
  ].filter((one) => one !== false);
}

test.each(
  tools.map((tool) => [tool.name, tool] as const),
)('%s: no failure tells two things at once', (_, tool) => {
  const wrong: string[] = [];
  for (const failure of FAILURES[tool.effect === 'read' ? 'read' : 'write']) {
    for (const grant of [granted, { state: 'asking' as const }]) {
      const told = withCheckBeforeRetry(explainRefusal(failure, tool.scope, grant, new KnownNames()), tool);
      for (const fault of faultsOf(told))
        wrong.push(`${told.code} (${told.outcome}) ${fault}: ${told.sentence}\nNext: ${told.next}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('and what would tell two is found', () => {
  const unknown = { outcome: 'outcome_unknown' } as const;
  expect(faultsOf(new Failure('x', 'Try again.', 'Look with get_ticket. Call again', unknown))).toHaveLength(
    4,
  );
});

test('what may have been added is looked for where it would be', () => {
  const lost = new Failure('unreachable', 'Away.', 'Wait.', { outcome: 'outcome_unknown' });
  const told = tools
    .filter(({ effect }) => effect !== 'read')
    .map((tool) => {
      const { next } = withCheckBeforeRetry(lost, tool);
      expect(next.includes('there twice'), tool.name).toBe(tool.effect === 'add');
      return [tool.name, /look with (\w+)/.exec(next)?.[1]];
    });
  expect(Object.fromEntries(told)).toMatchObject({
    add_comment: 'list_comments',
    create_ticket: 'search_tickets',
    move_ticket: 'get_ticket',
    bulk_move_tickets: 'get_ticket',
  });
});
