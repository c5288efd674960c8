/**
 * Whatever the API sends, no client refuses an answer for our own schema: the SDK's client holds each
 * `structuredContent` against the schema that was announced.
 */
import { expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { rounds } from '../support/rounds.ts';

const ROUNDS = rounds(8, 150);
/** Others each day; a failure names its own, so that it can be tried again. */
const SEED = Number(process.env.TEST_SEED ?? Math.floor(Date.now() / 86_400_000));

const A = 't-AAAAA1';
const AT = '2026-01-01T00:00:00.000Z';
const BY = { user: { id: 'usr_1', name: 'Mia' }, token: { id: 'tkn_1', label: 'lab' }, via: 'mcp', at: AT };
const TICKET = {
  id: A,
  title: 'As it was',
  project_id: 'proj_1',
  column_id: 'col_1',
  status: 'active',
  resolved: false,
  is_draft: false,
  assignees: [{ id: 'usr_1', name: 'Mia' }],
  comment_count: 2,
  has_capture: true,
  description: 'd',
  branch_name: 'b',
  created: BY,
  updated: BY,
  created_at: AT,
  updated_at: AT,
  capture: {
    id: 'cap_1',
    captured_at: AT,
    url: 'https://a.test',
    viewport: { width: 1, height: 2 },
    health: [],
  },
  attachments: [{ id: 'att_1', name: 'a.png', content_type: 'image/png', width: 1, height: 1 }],
  annotations: [{ type: 'text', color: 'red', text: 'x' }],
  devtools: {
    console: [{ level: 'error', args: ['x', { a: 1 }], at: AT }],
    network: [{ method: 'GET', url: 'https://a.test/x', status: 500, started_at: AT, duration_ms: 3 }],
    errors: [{ kind: 'error', message: 'm', at: AT }],
    performance: { navigation: { a: 1 }, long_tasks: [{ duration_ms: 3 }], lcp: 1 },
  },
};

const ANSWERS: [path: RegExp, body: unknown][] = [
  [/^\/auth/, TOKEN_INFO],
  [/^\/companies/, [{ id: 'co_1', name: 'Acme', role: 'owner' }]],
  [/\/columns$/, [{ id: 'col_1', name: 'To Do', order: 0 }]],
  [/\/members$/, [{ id: 'usr_1', name: 'Mia', email: 'm@a.test', role: 'member' }]],
  [/bulk-/, { results: [{ ticket_id: A, ok: true }] }],
  [/start-work/, { branch_name: 'b', ticket_ids: [A] }],
  [/comments$/, { items: [{ id: 'cmt_1', ticket_id: A, body: 'x', created: BY }], cursor: 'c' }],
  [/\/annotations$/, [{ type: 'text', color: 'red', text: 'x' }]],
  [
    /assets/,
    { url: 'https://a.invalid/x.png', content_type: 'image/png', width: 1, height: 1, expires_at: AT },
  ],
  [/^\/projects$/, [{ id: 'proj_1', company_id: 'co_1', name: 'Shop', url_patterns: ['*'] }]],
  [/\/tickets$|search/, { items: [TICKET], cursor: 'c' }],
  [/^\/tickets\//, TICKET],
];

const TICKETS = { ticket_ids: [A] };
const CALLS: [tool: string, args: Record<string, unknown>][] = [
  ['whoami', {}],
  ['list_companies', {}],
  ['list_projects', {}],
  ['list_columns', { project_id: 'proj_1' }],
  ['list_members', { project_id: 'proj_1' }],
  ['list_tickets', { project_id: 'proj_1' }],
  ['search_tickets', { query: 'x' }],
  ['get_ticket', { ticket_id: A, include: ['devtools', 'capture', 'attachments', 'annotations'] }],
  ['get_devtools', { ticket_id: A, panel: 'network', bodies: true }],
  ['get_devtools', { ticket_id: A, panel: 'performance' }],
  ['get_devtools', { ticket_id: A, panel: 'timeline' }],
  ['get_annotations', { ticket_id: A }],
  ['get_capture_asset', { ticket_id: A, as: 'link' }],
  ['list_comments', { ticket_id: A }],
  ['add_comment', { ticket_id: A, body: 'x' }],
  ['create_ticket', { project_id: 'proj_1', title: 'As it was' }],
  ['update_ticket', { ticket_id: A, title: 'As it was' }],
  ['move_ticket', { ticket_id: A, target_column_id: 'col_1' }],
  ['archive_ticket', { ticket_id: A }],
  ['restore_ticket', { ticket_id: A }],
  ['assign_ticket', { ticket_id: A, user_id: 'usr_1' }],
  ['unassign_ticket', { ticket_id: A, user_id: 'usr_1' }],
  ['bulk_move_tickets', { ...TICKETS, target_column_id: 'col_1' }],
  ['bulk_assign_tickets', { ...TICKETS, user_id: 'usr_1' }],
  ['bulk_unassign_tickets', { ...TICKETS, user_id: 'usr_1' }],
  ['start_work_on_ticket', { ...TICKETS, branch_name: 'b' }],
];

/** A value of any kind in any place, some fields missing, some under odd names. */
function mutated(value: unknown, random: () => number): unknown {
  const odd = () =>
    [
      ...[
        null,
        0,
        -1,
        1.5,
        1e300,
        '',
        'x',
        '2026',
        true,
        false,
        [],
        {},
        [null],
        [[]],
        { id: 7 },
        [1, 'a', {}],
      ],
      ...[
        '\u0000',
        '\ud800',
        'x'.repeat(3_000),
        { notes: 1, items: 'x', results: {} },
        { a: { b: { c: [] } } },
      ],
    ][Math.floor(random() * 21)];
  if (random() < 0.05) return odd();
  if (Array.isArray(value)) {
    const items = value.map((one) => mutated(one, random));
    return random() < 0.1 ? [...items, odd()] : items;
  }
  if (typeof value !== 'object' || value === null) return random() < 0.1 ? odd() : value;
  const fields = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
    if (random() < 0.06) return [];
    return [[random() < 0.04 ? name.toUpperCase() : name, mutated(one, random)]];
  });
  const more: [string, unknown][] = random() < 0.15 ? [[oddName(random), odd()]] : [];
  return Object.fromEntries([...fields, ...more]);
}

function oddName(random: () => number): string {
  const names = [
    'notes',
    'other',
    'next_cursor',
    'items',
    'data',
    'shown_as',
    '__proto__',
    'results',
    'page',
    '',
  ];
  return names[Math.floor(random() * names.length)]!;
}

function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 2 ** 32;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test(
  `${ROUNDS} rounds of every tool, from seed ${SEED}`,
  async () => {
    let random = randomOf(SEED);
    let isPlain = true;
    const api = await startFakeApi(({ path }) => {
      const body = ANSWERS.find(([its]) => its.test(path))?.[1];
      // What the token may do is not what this is about.
      return { body: isPlain || path.startsWith('/auth') ? body : mutated(body, random) };
    });
    const { call, listTools, stderr } = await connectInProcess('sdk 1.x', { env: api.env });
    const tools = await listTools();
    expect(new Set(CALLS.map(([tool]) => tool)).size).toBe(tools.length);
    // Each passes when all is as it should be.
    for (const [tool, args] of CALLS) expect((await call(tool, args)).isError, tool).toBeFalsy();
    isPlain = false;
    for (let round = 0; round < ROUNDS; round++) {
      random = randomOf(SEED * 1_000 + round);
      for (const [tool, args] of CALLS) {
        const what = `TEST_SEED=${SEED}, round ${round}: ${tool}`;
        const result = await call(tool, args).catch((error: Error) => error);
        expect(result instanceof Error ? result.message : '', what).toBe('');
        expect(JSON.stringify(result), `${what}: ${stderr().slice(-2_000)}`).not.toMatch(
          /bug of ours|internal \(/,
        );
      }
    }
  },
  rounds(120_000, 1_200_000),
);
