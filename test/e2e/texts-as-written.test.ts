/** What people wrote stays what they wrote: nothing is wiped, repaired or unquoted on a guess, and no secret leaves. */
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { openDatabase } from '../support/database.ts';
import { shared } from '../support/ending.ts';
import { errorOf } from '../support/raw-client.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-vP4sTe';

/** One for all tests: each looks at what it wrote itself. */
const scene = shared(async () => {
  const toado = await startToado();
  const client = await startRawInProcess({ env: toado.env() });
  const db = openDatabase(toado.db);
  const ticket = () =>
    db.one('SELECT title, description, resolved FROM tickets WHERE id = ?', BUG) as {
      title: string;
      description: string;
      resolved: number;
    };
  const lastComment = () =>
    (
      db.all('SELECT body FROM comments ORDER BY rowid DESC LIMIT 1')[0] as {
        body: string;
      }
    ).body;
  return { toado, client, ticket, lastComment };
});

test('a description is cleared only by an empty text alone; null and "" beside other changes are left out', async () => {
  const { client, ticket } = scene();
  const { description } = ticket();
  expect(description).toBeTruthy();
  const update = (args: object) => client.call('update_ticket', { ticket_id: BUG, ...args });
  expect((await update({ title: 'A new one', description: null })).isError).toBeFalsy();
  expect(ticket()).toMatchObject({ title: 'A new one', description });
  expect((await update({ title: null, resolved: true, description: null })).isError).toBeFalsy();
  expect(ticket()).toMatchObject({ title: 'A new one', description, resolved: 1 });
  const both = await update({ title: 'Another', description: '' });
  expect(both.content[0]!.text).toMatch(/The description was left as it is/);
  expect(ticket()).toMatchObject({ title: 'Another', description });
  expect(errorOf(await update({ title: '', resolved: null, description: null }))).toMatchObject({
    outcome: 'not_sent',
  });
  expect((await update({ description: '', title: null, resolved: null })).isError).toBeFalsy();
  expect(ticket().description ?? '').toBe('');
});

describe('a literal \\n', () => {
  const STAYS = [
    'Crash when CSV has \\n in a field',
    'Split on \\n and join with \\n again',
    'Use `\\n` here\\nand there',
    'It prints "a\\nb"\\nand ends',
    "It prints 'a\\nb'\\nand ends",
    'It is in C:\\new\\notes.txt',
    'The pattern \\d+\\n\\n is wrong',
    'Not [^\\n]+ and not \\n?',
    'One\\n',
    'Look in src\\network\\nodes',
    'config\\nginx\\new.conf is wrong',
    'Open config\\nGinx\\nConf first.',
    '$\\nabla \\nu$ is not rendered',
    '\\note \\newline',
    'grep -E foo\\nbar\\n',
    'Regex (a)\\n(b)\\n',
    'printf %s\\n x; printf %s\\n y',
    'JSON {k:a\\nb\\nc}',
    'Two lines\nalready, \\n and \\n',
  ];
  const REPAIRED: [sent: string, stored: string][] = [
    ['Fix in 4f9c21e:\\n\\nAmounts in cents.\\r\\nDone.', 'Fix in 4f9c21e:\n\nAmounts in cents.\nDone.'],
    ['Done:\\n- one\\n- two', 'Done:\n- one\n- two'],
    ["Don't merge.\\nIt's broken.\\nSee above.", "Don't merge.\nIt's broken.\nSee above."],
  ];
  test('becomes a line break only where nothing else can be meant', async () => {
    const { client, lastComment } = scene();
    for (const [sent, stored] of [...STAYS.map((text) => [text, text] as const), ...REPAIRED]) {
      expect((await client.call('add_comment', { ticket_id: BUG, body: sent })).isError, sent).toBeFalsy();
      expect(lastComment()).toBe(stored);
    }
  });
});

test('words in quotes of their own keep them', async () => {
  const { client, ticket, lastComment } = scene();
  for (const text of ['"undefined"', '"null"', '"TODO"', '[]', '{"a":1}']) {
    await client.call('update_ticket', { ticket_id: BUG, title: text });
    expect(ticket().title).toBe(text);
    await client.call('add_comment', { ticket_id: BUG, body: text });
    expect(lastComment()).toBe(text);
  }
  const branch = { ticket_ids: [BUG], branch_name: '"undefined"' };
  expect((await client.call('start_work_on_ticket', branch)).content[0]!.text).toContain('"undefined"');
});

test('NUL, half a character and a title of several lines are refused in words; nothing is written', async () => {
  const { client, ticket } = scene();
  const before = ticket();
  const refused: [tool: string, args: Record<string, unknown>, says: RegExp][] = [
    ['add_comment', { ticket_id: BUG, body: 'a\0b' }, /body has a NUL character/],
    ['add_comment', { ticket_id: BUG, body: 'a\ud800b' }, /body has half a character/],
    ['update_ticket', { ticket_id: BUG, title: 'a\0' }, /title has a NUL character/],
    ['update_ticket', { ticket_id: BUG, title: 'a\nb' }, /title: must be one line/],
    ['update_ticket', { ticket_id: BUG, title: 'a\u2028b' }, /title: must be one line/],
    ['update_ticket', { ticket_id: BUG, description: '\udc00' }, /description has half a character/],
    ['create_ticket', { project_id: 'proj_storefront', title: 'a\r\nb' }, /title: must be one line/],
    ['search_tickets', { query: 'a\0' }, /query has a NUL character/],
    ['get_capture_asset', { ticket_id: BUG, asset: '\ud800' }, /asset has half a character/],
    ['start_work_on_ticket', { ticket_ids: [BUG], branch_name: 'a\nb' }, /branch_name: must be one line/],
  ];
  for (const [tool, args, says] of refused) {
    const result = await client.call(tool, args);
    expect(errorOf(result), tool).toMatchObject({ code: 'validation_error', outcome: 'not_sent' });
    expect(result.content[0]!.text).toMatch(says);
  }
  expect(ticket()).toEqual(before);
  await client.call('add_comment', { ticket_id: BUG, body: 'a 👩‍💻 whole one' });
});

test('the token in what an agent writes is taken out before it is sent', async () => {
  const { toado, client, ticket, lastComment } = scene();
  const token = toado.token('triage');
  const posted = await client.call('add_comment', { ticket_id: BUG, body: `It used ${token} for that.` });
  expect(lastComment()).toBe('It used [redacted token] for that.');
  expect(posted.content[0]!.text).toMatch(/own token stood in the arguments/);
  await client.call('update_ticket', { ticket_id: BUG, title: `See ${token}`, description: `${token}` });
  expect(ticket()).toMatchObject({ title: 'See [redacted token]', description: '[redacted token]' });
});

test('arguments that hosts add by themselves are dropped; every other unknown one is said once, with what there is', async () => {
  const { client } = scene();
  for (const name of ['task_progress', 'wait_for_previous', 'toolCallId', 'tool'])
    expect((await client.call('list_companies', { [name]: 'x' })).isError, name).toBeFalsy();
  for (const name of ['priority', 'labels']) {
    const result = await client.call('create_ticket', {
      project_id: 'proj_storefront',
      title: 'x',
      [name]: 'y',
    });
    expect(errorOf(result)).toMatchObject({ code: 'validation_error', outcome: 'not_sent' });
    expect(result.content[0]!.text).toMatch(new RegExp(`no argument "${name}"[\\s\\S]*It takes: .*title`));
  }
});
