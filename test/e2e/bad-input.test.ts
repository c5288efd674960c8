import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { runHere } from '../support/command.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { contents, openDatabase } from '../support/database.ts';
import { shared } from '../support/ending.ts';
import { connect, run } from '../support/program.ts';
import { CLIENTS, textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-vP4sTe';
/** One client says it whole, the others a tenth of it. */
const HUGE = 'x'.repeat(10_000_000);
type Args = Record<string, unknown>;

/** Tool, arguments, and what the answer has to say. */
const BAD: [string, Args, RegExp][] = [
  ['get_ticket', {}, /ticket_id is missing/],
  ['get_ticket', { ticket_id: 7 }, /^ticket_not_found/],
  ['get_ticket', { ticket_id: null }, /ticket_id is missing|ticket_id: /],
  ['get_ticket', { ticket_id: {} }, /ticket_id: /],
  ['get_ticket', { ticketid: BUG }, /no argument "ticketid"\. Did you mean ticket_id\?/],
  ['get_ticket', { ticket_id: '' }, /is neither a ticket id/],
  ['get_ticket', { ticket_id: 't-7kq2mx' }, /^ticket_not_found/],
  ['get_ticket', { ticket_id: '../companies' }, /is neither a ticket id/],
  ['get_ticket', { ticket_id: 't-vP4sTe/comments' }, /is neither a ticket id/],
  ['get_ticket', { ticket_id: 't-vP4sTe?include=' }, /is neither a ticket id/],
  ['get_ticket', { ticket_id: 't-7Kq2\u0000x' }, /has a NUL character in it/],
  ['get_ticket', { ticket_id: HUGE }, /is neither a ticket id/],
  ['get_ticket', { ticket_id: 'https://evil.example/projects/t-vP4sTe' }, /is neither a ticket id/],
  ['get_ticket', { ticket_id: BUG, include: ['everything'] }, /include\.0: /],
  ['list_columns', { project_id: '..' }, /project_id: is not an id or a name/],
  ['list_columns', { project_id: '.' }, /project_id: is not an id or a name/],
  ['list_columns', { project_id: 'proj_storefront/../../companies' }, /is neither an id nor a name/],
  ['list_columns', { project_id: 'proj_%2e%2e' }, /is neither an id nor a name|project_not_found/],
  ['list_columns', { project_id: 'proj_a\r\nx-header: 1' }, /is not an id or a name/],
  ['list_columns', { project_id: HUGE }, /is longer than/],
  ['list_tickets', { project_id: 'proj_storefront', limit: 0 }, /limit: must be 1 to 100/],
  ['list_tickets', { project_id: 'proj_storefront', limit: 101 }, /limit: must be 1 to 100/],
  ['list_tickets', { project_id: 'proj_storefront', limit: 1.5 }, /limit: /],
  ['list_tickets', { project_id: 'proj_storefront', status: 'open' }, /status: /],
  ['list_tickets', { project_id: 'proj_storefront', cursor: 'nonsense' }, /^invalid_cursor/],
  ['list_tickets', { project_id: 'proj_storefront', cursor: 'more.nonsense' }, /^invalid_cursor/],
  [
    'list_tickets',
    { project_id: 'proj_storefront', column_id: 'In Progres' },
    /is neither an id nor a name[\s\S]*In Progress/,
  ],
  ['search_tickets', { query: '   ' }, /query: must not be empty/],
  ['get_capture_asset', { ticket_id: BUG, asset: '../..' }, /asset_not_found|is not an asset/],
  ['get_capture_asset', { ticket_id: BUG, asset: '..' }, /is not an asset/],
  ['get_devtools', { ticket_id: BUG, panel: 'sources' }, /panel: /],
  ['get_devtools', { ticket_id: BUG, panel: 'console', cursor: 'abc' }, /^invalid_cursor/],
  ['add_comment', { ticket_id: BUG, body: '' }, /body: must not be empty/],
  ['add_comment', { ticket_id: BUG, body: ' \n ' }, /body: must not be empty/],
  ['add_comment', { ticket_id: BUG, body: HUGE }, /body: is longer than/],
  ['add_comment', { ticket_id: BUG, body: ['a'] }, /body: /],
  ['create_ticket', { project_id: 'proj_storefront', title: '' }, /title: must not be empty/],
  ['create_ticket', { project_id: 'proj_storefront', titel: 'x' }, /Did you mean title\?/],
  ['update_ticket', { ticket_id: BUG }, /at least one of title, description, resolved/],
  ['update_ticket', { ticket_id: BUG, resolved: 'maybe' }, /resolved: /],
  [
    'move_ticket',
    { ticket_id: BUG, target_column_id: 'col_store_done', position: -1 },
    /position: must be 0 or more/,
  ],
  ['move_ticket', { ticket_id: BUG, target_column_id: 'nowhere' }, /is neither an id nor a name/],
  ['bulk_move_tickets', { ticket_ids: [], target_column_id: 'col_store_done' }, /needs at least one ticket/],
  ['bulk_move_tickets', { ticket_ids: ['x'], target_column_id: 'col_store_done' }, /is neither a ticket id/],
  ['start_work_on_ticket', { ticket_ids: [BUG, 't-3dGhZa'] }, /needs branch_name for more than one ticket/],
  ['assign_ticket', { ticket_id: BUG, user_id: 'Nobody At All' }, /is neither an id nor a name/],
  ['whoami', { verbose: true }, /no argument "verbose"/],
];

/** What is huge goes over real pipes once. */
const STARTS = CLIENTS.map((kind) =>
  kind === CLIENTS[0]
    ? ([kind, 'the built program', connect] as const)
    : ([kind, 'in process', connectInProcess] as const),
);

describe.each(STARTS)('bad arguments: a clear error, nothing written (%s, %s)', (kind, _, start) => {
  const scene = shared(async () => {
    const toado = await startToado();
    return { toado, client: await start(kind, { env: toado.env('triage') }) };
  });

  test('each', async () => {
    const { toado, client } = scene();
    const db = openDatabase(toado.db);
    const before = contents(db);
    const { call, listTools } = client;
    const huge = kind === CLIENTS[0] ? HUGE : HUGE.slice(0, 1_000_000);
    for (const [tool, given, says] of BAD) {
      const args = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, value === HUGE ? huge : value]),
      );
      const result = await call(tool, args);
      const what = `${tool} ${JSON.stringify(args).slice(0, 80)}`;
      expect(result.isError, what).toBe(true);
      expect(textOf(result), what).toMatch(says);
      expect(textOf(result), what).toMatch(/\nNext: \S/);
      expect(textOf(result).length, what).toBeLessThan(1500);
    }
    expect(contents(db)).toBe(before);
    expect((await listTools()).length).toBe(tools.length);
  });

  test('a cursor of another list', async () => {
    const { call } = scene().client;
    const page = await call('list_tickets', { project_id: 'proj_storefront', limit: 2 });
    const cursor = page.structuredContent!.next_cursor;
    for (const [tool, args] of [
      ['list_tickets', { project_id: 'proj_console', limit: 2, cursor }],
      ['list_tickets', { project_id: 'proj_storefront', column_id: 'col_store_done', limit: 2, cursor }],
      ['search_tickets', { query: 'checkout', cursor }],
      ['list_comments', { ticket_id: BUG, cursor }],
    ] as const)
      expect(textOf(await call(tool, args)), tool).toMatch(/^invalid_cursor/);
  });

  test('a tool that does not exist names the nearest', async () => {
    const { call } = scene().client;
    await expect(call('list_ticket')).rejects.toThrow(/Did you mean list_tickets\?/);
  });
});

describe('bad configuration, and nobody asks: one line on stderr, exit code 1 (2 for what was typed)', () => {
  const TOKEN = { TOADO_API_TOKEN: 'tok_x' };
  const folderWith = (dotenv: string | Buffer) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, '.env'), dotenv);
    return cwd;
  };
  const BAD_STARTS: [
    string,
    { env?: Record<string, string>; args?: string[]; cwd?: () => string },
    RegExp,
  ][] = [
    ['no token', {}, /TOADO_API_TOKEN is not set.*--sandbox/],
    ['an empty token', { env: { TOADO_API_TOKEN: '' } }, /TOADO_API_TOKEN is empty/],
    ['a token of another kind', { env: { TOADO_API_TOKEN: 'ghp_secret' } }, /does not start with tok_/],
    ['a token with white space', { env: { TOADO_API_TOKEN: 'tok_se cret' } }, /has white space in it/],
    ['both variables', { env: { ...TOKEN, TOADO_API_TOKEN_FILE: '/x' } }, /both set/],
    [
      'a file that is not there',
      { env: { TOADO_API_TOKEN_FILE: '/nowhere/token' } },
      /names a file that is not there/,
    ],
    ['an unknown flag', { env: TOKEN, args: ['--readonly'] }, /--readonly.*--read-only/s],
    [
      'an unknown variable',
      { env: { ...TOKEN, TOADO_API_TOKN: 'x' } },
      /TOADO_API_TOKN .*Did you mean TOADO_API_TOKEN\?/,
    ],
    [
      'http to another machine',
      { env: { ...TOKEN, TOADO_API_URL: 'http://toado.example/api' } },
      /must start with https:/,
    ],
    [
      'an address that is none',
      { env: { ...TOKEN, TOADO_API_URL: 'toado' } },
      /TOADO_API_URL is not an address/,
    ],
    ['a misspelt tool', { env: TOKEN, args: ['--tools', 'list_ticket'] }, /Did you mean list_tickets\?/],
    [
      'a misspelt excluded tool',
      { env: { ...TOKEN, TOADO_EXCLUDE: 'mov_ticket' } },
      /Did you mean move_ticket\?/,
    ],
    [
      'a token file in a .env that is broken',
      { cwd: () => folderWith('TOADO_API_TOKEN\n') },
      /line 1: expected TOADO_NAME=value/,
    ],
    [
      'a .env that is no text',
      { cwd: () => folderWith(Buffer.from([0, 255, 254, 1])) },
      /it is not UTF-8 text/,
    ],
    [
      'an address from .env for a token from the environment',
      { env: TOKEN, cwd: () => folderWith('TOADO_API_URL=https://evil.example\n') },
      /comes from \.env, but the token does not/,
    ],
  ];

  test.each(BAD_STARTS)('%s', async (name, { cwd, ...options }, says) => {
    const isAProcess = ['an empty token', 'an unknown flag'].includes(name);
    const { code, stdout, stderr } = isAProcess
      ? await ended(options)
      : await runHere(options.args ?? [], options.env, cwd?.());
    expect(code).toBe(options.args?.[0] === '--readonly' ? 2 : 1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd()).toMatch(says);
    expect(stderr).not.toMatch(/se cret|ghp_secret|tok_x/);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  /** A process, and within seconds. */
  async function ended(options: { env?: Record<string, string>; args?: string[] }) {
    const program = run(options);
    program.child.stdin!.end();
    const { code, ms } = await program.exited;
    expect(ms).toBeLessThan(5_000);
    return { code, stdout: program.stdout(), stderr: program.stderr() };
  }
});
