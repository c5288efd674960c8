/** start_work_on_ticket: "Recorded." is said of no ticket that the answer, or a look after it, says something else of. */
import { describe, expect, test } from 'vitest';
import { startFakeApi, TOKEN_INFO } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const A = 't-aaaaaa';
const B = 't-bbbbbb';
const BRANCH = 'feat/x';

interface Has {
  status?: number;
  /** What each ticket shows; without them none can be read. */
  branches?: Record<string, string | null>;
  args?: object;
  /** What the token is limited to. */
  limits?: object;
}

async function told(body: unknown, { status = 200, branches, args, limits }: Has = {}) {
  const api = await startFakeApi(({ method, path }) => {
    if (path === '/auth/token-info') return limits && { body: { ...TOKEN_INFO, ...limits } };
    if (method !== 'GET') return { status, body };
    const id = path.split('/').at(-1)!;
    if (!branches) return { status: 404, body: { error: { code: 'ticket_not_found', message: 'x' } } };
    return { body: { id, title: id, branch_name: branches[id], status: id === B ? 'archived' : 'active' } };
  });
  const { text, session } = startInProcess(api.env);
  await session.grant.untilKnown(2_000);
  const said = await text('start_work_on_ticket', { ticket_ids: [A, B], branch_name: BRANCH, ...args });
  return { said, looks: api.requests.filter(({ path }) => path.startsWith('/tickets/t-')).length };
}

const PLAIN = /^Recorded\. Nothing was moved and no branch was made; that is left to you\.$/m;

describe('plainly recorded', () => {
  test.each<[string, unknown]>([
    ['as the contract says', { branch_name: BRANCH, ticket_ids: [A, B] }],
    ['the branch alone', { branch_name: BRANCH }],
    [
      'the tickets',
      { tickets: [A, B].map((id) => ({ id, title: 'x', status: 'active', branch_name: BRANCH })) },
    ],
    [
      'rows that say yes',
      { branch_name: BRANCH, results: [A, B].map((ticket_id) => ({ ticket_id, ok: true })) },
    ],
    [
      'a state of the work',
      { branch_name: BRANCH, tickets: [A, B].map((id) => ({ id, status: 'in_progress' })) },
    ],
    ['what is left of a budget', { branch_name: BRANCH, ticket_ids: [A, B], writes_left: 57 }],
    ['what was sent, and no failures', { branch_name: BRANCH, ticket_ids: [A, B], failed: [], errors: [] }],
  ])('%s', async (_, body) => {
    const { said, looks } = await told(body);
    expect(said).toMatch(PLAIN);
    expect(said).not.toContain('Not confirmed');
    expect(looks).toBe(0);
  });
});

describe('a row that denies it beside its id', () => {
  test.each([
    { message: 'Access denied' },
    { detail: 'not found' },
    { err: 'locked' },
    { code: 'forbidden' },
    { queued: true },
    { exception: 'LockedException' },
  ])('%j', async (said) => {
    for (const yes of [{}, { ok: true }]) {
      const results = [
        { ticket_id: A, ...yes },
        { ticket_id: B, ...yes, ...said },
      ];
      const { said: shown } = await told({ branch_name: BRANCH, results });
      expect(shown).not.toMatch(PLAIN);
      expect(shown).toContain(`Not confirmed for ${B}`);
    }
  });

  test.each([
    { message: 'ok' },
    { message: 'Branch recorded' },
    { status: 'linked' },
    { branch: { name: BRANCH, protected: false } },
    { title: 'Cannot save', error_count: 3 },
  ])('and %j does not', async (said) => {
    const results = [{ ticket_id: A }, { ticket_id: B, ...said }];
    expect((await told({ branch_name: BRANCH, results })).said).toMatch(PLAIN);
  });
});

describe('beside an answer that shows what was asked, only a no casts doubt', () => {
  const shown = { branch_name: BRANCH, ticket_ids: [A, B] };
  test.each<[string, object]>([
    ['a sentence', { message: 'Branch saved' }],
    ['a warning of something else', { warnings: ['This endpoint is deprecated.'] }],
    ['what is told to others', { notifications: { status: 'queued' } }],
    ['a state', { meta: { degraded: true } }],
    ['that nothing was moved or made', { moved: false, created: 0 }],
    ['how far the work is', { status: 'in_progress', started: true }],
  ])('%s', async (_, beside) => {
    const { said, looks } = await told({ ...shown, ...beside });
    expect(said).toMatch(PLAIN);
    expect(looks).toBe(0);
  });

  test('words are shown', async () => {
    expect((await told({ ...shown, message: 'Branch saved' })).said).toContain('Branch saved');
  });

  test.each<[string, object]>([
    ['an error', { error: 'locked' }],
    ['errors', { errors: [{ message: 'locked' }] }],
    ['errors of the caller', { user_errors: [{ message: 'locked' }] }],
    ['a denial', { message: 'The branch was not saved' }],
    ['nothing kept', { saved: false }],
    ['a warning', { warnings: ['Tickets are frozen.'] }],
    ['a job', { job_status: 'queued' }],
    ['not started', { started: false }],
    ['none linked', { linked: null }],
    ['not allowed', { allowed: false }],
    ['issues', { issues: ['locked'] }],
  ])('but: %s', async (_, beside) => {
    const { said } = await told({ ...shown, ...beside });
    expect(said).not.toMatch(PLAIN);
  });
});

test.each<[string, unknown]>([
  ['no branch', { branch_name: null, ticket_ids: [A, B] }],
  ['tickets without one', { tickets: [A, B].map((id) => ({ id, title: 'x', branch_name: null })) }],
])('%s, though a name was sent: a look tells', async (_, body) => {
  const { said, looks } = await told(body, { branches: { [A]: BRANCH, [B]: null } });
  expect(said).not.toMatch(PLAIN);
  expect(said).toContain(`${A} shows it. Another branch or none: ${B}.`);
  expect(looks).toBe(2);
});

describe('of one of them it is denied', () => {
  const both = { branch_name: BRANCH, ticket_ids: [A, B] };
  test.each<[string, unknown]>([
    ['rows under their tickets', { branch_name: BRANCH, results: { [A]: true, [B]: false } }],
    ['objects under them', { branch_name: BRANCH, tickets: { [A]: { ok: true }, [B]: { ok: false } } }],
    ['words under them', { branch_name: BRANCH, results: { [A]: 'ok', [B]: 'locked' } }],
    ['a list of those recorded', { branch_name: BRANCH, recorded: [A] }],
    ['failed', { ...both, failed: [B] }],
    [
      'failed, with the reason',
      { branch_name: BRANCH, ticket_ids: [A], failed: [{ ticket_id: B, error: 'x' }] },
    ],
    ['errors', { ...both, errors: [{ ticket_id: B, message: 'locked' }] }],
    ['errors by id', { ...both, errors: { [B]: 'locked' } }],
    ['skipped', { ...both, skipped: [{ id: B }] }],
    [
      'issues of a row',
      {
        results: [
          { id: A, ok: true },
          { id: B, ok: true, issues: ['locked'] },
        ],
      },
    ],
    ['words', { ...both, message: `${B} is locked.` }],
    [
      'rows',
      {
        results: [
          { ticket_id: A, ok: true },
          { ticket_id: B, ok: false, error: 'locked' },
        ],
      },
    ],
    [
      'rows beside the branch',
      {
        branch_name: BRANCH,
        results: [
          { ticket_id: A, ok: true },
          { ticket_id: B, ok: false },
        ],
      },
    ],
    [
      'rows beside the ids',
      {
        ...both,
        results: [
          { ticket_id: A, ok: true },
          { ticket_id: B, ok: false, error: 'locked' },
        ],
      },
    ],
    [
      'another branch',
      {
        tickets: [
          { id: A, title: 'a', branch_name: BRANCH },
          { id: B, title: 'b', branch_name: 'old' },
        ],
      },
    ],
    [
      'no branch',
      {
        tickets: [
          { id: A, branch: { name: BRANCH } },
          { id: B, branch: null },
        ],
      },
    ],
    [
      'a state',
      {
        branch_name: BRANCH,
        tickets: [
          { id: A, status: 'recorded' },
          { id: B, status: 'failed' },
        ],
      },
    ],
    [
      'a status of HTTP',
      {
        branch_name: BRANCH,
        tickets: [
          { id: A, status: 200 },
          { id: B, status: 423 },
        ],
      },
    ],
    ['a flag', { branch_name: BRANCH, tickets: [{ id: A }, { id: B, skipped: true }] }],
    ['left out', { branch_name: BRANCH, ticket_ids: [A] }],
  ])('%s', async (_, body) => {
    const { said } = await told(body);
    expect(said).not.toMatch(PLAIN);
    expect(said).toContain(
      `Recorded for 1 of the 2 tickets. Not confirmed for ${B}: get_ticket shows each one’s branch.`,
    );
    expect(said).toContain('Nothing was moved');
  });

  test('what its row says is shown', async () => {
    const { said } = await told({
      branch_name: BRANCH,
      tickets: [{ id: A }, { id: B, status: 'failed', why: 'locked' }],
    });
    expect(said).toContain('locked');
  });
});

describe('of all of them it is denied', () => {
  test.each<[string, unknown]>([
    [
      'states',
      {
        branch_name: BRANCH,
        tickets: [
          { id: A, status: 'queued' },
          { id: B, status: 'failed' },
        ],
      },
    ],
    [
      'rows',
      {
        branch_name: BRANCH,
        ticket_ids: [A, B],
        results: [
          { ticket_id: A, ok: false },
          { ticket_id: B, ok: false },
        ],
      },
    ],
    ['other tickets', { branch_name: BRANCH, ticket_ids: ['t-zzzzzz'] }],
  ])('%s: nothing is claimed', async (_, body) => {
    const { said } = await told(body);
    expect(said).not.toMatch(/Recorded/);
    expect(said).toContain('no branch is confirmed');
  });

  test.each<[string, object]>([
    ['a flag', { recorded: false }],
    ['words', { message: 'branch exists: not recorded' }],
    ['a warning', { warnings: ['nothing recorded'] }],
    ['a count', { failed: 2 }],
    ['a state', { state: 'queued' }],
  ])('%s: a look decides', async (_, more) => {
    const body = { branch_name: BRANCH, ticket_ids: [A, B], ...more };
    const there = await told(body, { branches: { [A]: BRANCH, [B]: BRANCH } });
    expect(there.said).toMatch(/(did not show it|casts doubt on it .*); this is the branch now\./);
    expect(there.said).not.toMatch(/Recorded/);
    const not = await told(body, { branches: { [A]: 'old', [B]: null } });
    expect(not.said).toContain(`Another branch or none: ${A}, ${B}.`);
    expect(not.said).not.toMatch(/Recorded|^branch_name: /m);
    const unread = await told(body);
    expect(unread.said).toContain('look before doing it again');
    expect(unread.said).not.toMatch(/Recorded/);
  });
});

describe('accepted without a word', () => {
  const accepted = (branches: Record<string, string | null>, args: object = {}) =>
    told('', { status: 204, branches, args });

  test('a look shows the branch', async () => {
    const { said, looks } = await accepted({ [A]: BRANCH, [B]: BRANCH });
    expect(said).toContain('HTTP 204); this is the branch now.');
    expect(said).toMatch(PLAIN);
    expect(looks).toBe(2);
  });

  test('a look shows another one', async () => {
    const { said } = await accepted({ [A]: 'old', [B]: BRANCH });
    expect(said).toContain(`${B} shows it. Another branch or none: ${A}.`);
    expect(said).not.toMatch(/Recorded/);
    expect((await accepted({ [A]: null }, { ticket_ids: [A], branch_name: undefined })).said).toContain(
      `Another branch or none: ${A}.`,
    );
  });

  test('of many, the first are looked at', async () => {
    const ids = Array.from({ length: 9 }, (_, at) => `t-many0${at}`);
    const { said, looks } = await accepted(Object.fromEntries(ids.map((id) => [id, BRANCH])), {
      ticket_ids: ids,
    });
    expect(said).toContain('this is the branch of the first 3 now');
    expect(looks).toBe(3);
  });
});

describe('one that isn’t there has the whole call refused', () => {
  const NONE = `The branch was recorded for none of ${A}, ${B}.`;
  const LOOK = 'Next: get_ticket shows which of them is not there; call again with the others.';
  const missing = { error: { code: 'ticket_not_found', message: 'No ticket.' } };

  test('it is said of all that were given', async () => {
    const { said, looks } = await told(missing, { status: 404 });
    expect(said).toMatch(
      /^ticket_not_found \(rejected\): There is no such ticket\. Ids are case-sensitive\. /,
    );
    expect(said.split('\n').slice(0, 2)).toEqual([expect.stringContaining(NONE), LOOK]);
    expect(looks).toBe(0);
  });

  test('also where the token is limited, and where no code says what isn’t there', async () => {
    const limited = await told(missing, { status: 404, limits: { companies: ['co_1'] } });
    expect(limited.said).toContain(
      `outside of what this token is limited to. Ids are case-sensitive. ${NONE}`,
    );
    expect((await told({ message: 'Ticket not found' }, { status: 404 })).said).toContain(NONE);
  });

  test.each<[string, unknown, Has]>([
    ['of one ticket', missing, { status: 404, args: { ticket_ids: [A] } }],
    ['of a route that isn’t there', { message: 'Cannot POST /tickets/start-work' }, { status: 404 }],
    ['where it may have happened', missing, { status: 500 }],
  ])('and nothing of it %s', async (_, body, has) => {
    const { said } = await told(body, has);
    expect(said).toMatch(/^\w+ \((rejected|outcome_unknown)\): /);
    expect(said).not.toContain('recorded for none');
  });
});

test('says which of the tickets are archived, whether the answer or a look shows it', async () => {
  const tickets = [A, B].map((id) => ({ id, status: id === B ? 'archived' : 'active', branch_name: BRANCH }));
  expect((await told({ tickets })).said).toMatch(/^Archived: t-bbbbbb\.$/m);
  const branches = { [A]: BRANCH, [B]: BRANCH };
  expect((await told('', { status: 204, branches })).said).toMatch(/^Archived: t-bbbbbb\.$/m);
  expect((await told({ tickets: tickets.slice(0, 1), branch_name: BRANCH })).said).not.toContain('Archived');
});

test.each([
  { code: 'LOCKED' },
  { resultCode: 1 },
  { blockedBy: 'rule 7' },
  { access: 'denied' },
  { policy: { effect: 'Deny' } },
  { outcome: { type: 'failure' } },
])('an envelope that denies it in whatever words is looked after: %j', async (denial) => {
  const body = { ok: true, data: { branch_name: BRANCH, ticket_ids: [A, B] }, ...denial };
  const { said } = await told(body, { branches: { [A]: BRANCH, [B]: null } });
  expect(said).not.toMatch(PLAIN);
  expect(said).toContain('not all of the tickets show the branch');
});
