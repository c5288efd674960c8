/** What answers an addition with a row that was there before, or says that nothing was made. */
import { describe, expect, test } from 'vitest';
import { by, type FakeAnswer } from '../../support/fake-api.ts';
import { comment, row, startWrites } from './one-write.ts';

describe('what Toado says was there already', () => {
  const title = 'Dead button';
  const old = { id: 't-Before', title, created_at: '2026-01-01T00:00:00Z' };
  const words: [what: string, body: object, said: object][] = [
    ['a flag', { ...old, duplicate: true }, { duplicate: true }],
    ['a flag of another title', { ...old, title: 'Button is dead', duplicate: true }, { duplicate: true }],
    ['around it', { ticket: old, already_exists: true }, { already_exists: true }],
    ['in meta', { data: old, meta: { isExisting: 'true' } }, { isExisting: 'true' }],
    ['not new', { ticket: old, is_new: false }, { is_new: false }],
    ['not created', { ...old, created: false }, { created: false }],
    ['a word', { ...old, status: 'exists' }, { status: 'exists' }],
    ['its name', { existing: old }, { existing: { id: 't-Before' } }],
  ];
  test.each(words)('is not told as created, and which it is: %s', async (_, body, said) => {
    const call = await startWrites({ status: 200, body }, () => ({ body: { items: [old] } }));
    const { data, text, isError } = await call('create_ticket', { project_id: 'proj_1', title });
    expect([data.id, isError]).toEqual([undefined, false]);
    const { title: its = title } = body as { title?: string };
    expect(data.toado_answered).toMatchObject({ id: 't-Before', title: its, ...said });
    expect(text).toContain('it is there already');
    expect(text).not.toContain('Created.');
  });

  test('is not told as posted', async () => {
    const mine = row('cmt_8', { body: comment.body, created: by('2026-01-01T00:00:00Z') });
    for (const body of [
      { ...mine, duplicate: true },
      { comment: mine, existing: true },
    ]) {
      const call = await startWrites({ status: 200, body }, () => ({ body: { items: [mine] } }));
      const { data, text } = await call('add_comment', comment);
      expect([data.id, data.toado_answered]).toMatchObject([undefined, { id: 'cmt_8' }]);
      expect(text).not.toContain('Posted.');
    }
  });

  test('and where nothing was there, or the new one is only marked, it was created', async () => {
    for (const more of [
      { duplicate: false },
      { duplicate_of: 't-Before' },
      { is_new: true },
      { exists: null },
    ]) {
      const made = { id: 't-NewOne', title, ...more };
      const call = await startWrites({ status: 201, body: made }, () => undefined);
      const { data, text } = await call('create_ticket', { project_id: 'proj_1', title });
      expect(data.id, JSON.stringify(more)).toBe('t-NewOne');
      expect(text).toContain('Created.');
    }
  });

  test('beside a refusal it is named, too', async () => {
    const existing = { id: 't-Before', title: 'Button is dead' };
    for (const body of [
      { error: { code: 'duplicate', message: 'There is one', existing_id: 't-Before' } },
      { error: 'conflict', existing },
      { error: { code: 'conflict', message: 'There is one', details: { existing } } },
      { title: 'Duplicate', status: 409, detail: 'There is one', existing_ticket_id: 't-Before' },
    ]) {
      const call = await startWrites({ status: 409, body }, () => undefined);
      const { text, isError } = await call('create_ticket', { project_id: 'proj_1', title });
      expect(isError).toBe(true);
      expect(text).toContain('t-Before');
    }
  });
});

const title = 'Dead button';
const LONG_AGO = new Date(Date.now() - 330 * 86_400_000).toISOString();
const OLD = { id: 't-Before', title, created_at: LONG_AGO, created: by(LONG_AGO) };
const OLD_COMMENT = row('cmt_8', { body: comment.body, created: by(LONG_AGO) });
const create = { project_id: 'proj_1', title };

/** An API that has only what was there before. */
async function answering(body: unknown) {
  const call = await startWrites({ status: 201, body: body as FakeAnswer['body'] }, ({ path }) => ({
    body: path.endsWith('/t-Before') ? OLD : { items: [path.endsWith('/comments') ? OLD_COMMENT : OLD] },
  }));
  return call;
}

const SAID: object[] = [
  { duplicate: true },
  { duplicate: 1 },
  { duplicate: 'OLD' },
  { duplicate_of: 'OLD' },
  { duplicateOf: 'OLD' },
  { existing_id: 'OLD' },
  { existing_url: 'https://toado.example/tickets/OLD' },
  { found: true },
  { reused: 'true' },
  { unchanged: true },
  { skipped: true },
  { idempotentReplay: true },
  { action: 'skipped' },
  { operation: 'noop' },
  { Status: 'AlreadyExists' },
  { code: 'duplicate' },
  { code: 'TICKET_EXISTS' },
  { message: 'Ticket already exists' },
  { messages: ['duplicate comment ignored'] },
  { warnings: [{ message: 'Not created: there is one.' }] },
  { created: 0 },
  { created: false },
  { inserted_count: 0 },
  { was_created: 'false' },
  { new: false },
];

describe.each(SAID.map((said) => [JSON.stringify(said)]))('beside an old row: %s', (json) => {
  test.each([
    ['create_ticket', create, OLD, 'ticket'],
    ['add_comment', comment, OLD_COMMENT, 'comment'],
  ] as const)('%s', async (tool, input, old, own) => {
    const said = JSON.parse(json.replace('OLD', old.id)) as Record<string, unknown>;
    // By its time alone it would be known, too.
    const { created: _, ...row } = { ...old, created_at: undefined };
    for (const body of [
      { [own]: row, ...said },
      { data: { ...row, created: by() }, meta: said },
      { id: old.id, ...said },
    ]) {
      // A refusal.
      if (said.code === 'duplicate' && !(own in body) && !('data' in body)) continue;
      const { data, text, isError } = await (await answering(body))(tool, input);
      const where = `${JSON.stringify(body)} ${text}`;
      expect([data.id, isError], where).toEqual([undefined, false]);
      expect(data.toado_answered, where).toMatchObject({ id: old.id, ...said });
      expect(text, where).toContain('it is there already, or that nothing was made');
      expect(text, where).not.toMatch(/Created\.|Posted\./);
    }
  });
});

test.each([
  { existing_ticket: OLD },
  { existing: { id: OLD.id } },
  { existing: OLD.id },
  { duplicate: [OLD] },
])('nothing but a name that tells: %j', async (body) => {
  const { data, text } = await (await answering(body))('create_ticket', create);
  expect([data.id, text.includes('Created.')]).toEqual([undefined, false]);
  expect(text).toContain(OLD.id);
  expect(text).toContain('it is there already');
});

describe('a row that was made long before the call', () => {
  test.each([
    ['create_ticket', create, OLD],
    ['add_comment', comment, OLD_COMMENT],
  ] as const)('is not told as made by it: %s', async (tool, input, old) => {
    const { data, text, isError } = await (await answering(old))(tool, input);
    expect([data.id, isError]).toEqual([undefined, false]);
    expect(data.toado_answered).toMatchObject({ id: old.id, created_at: LONG_AGO });
    expect(text).toContain('an older one, made long before this call');
    const named = await (await answering({ id: old.id }))(tool, input);
    expect(named.text).toContain('made long before this call: an older one');
    for (const one of [text, named.text]) expect(one).not.toMatch(/Created\.|Posted\./);
  });

  test('is so by more than zones can differ, and by a time that was set', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    for (const [at, isOld] of [
      [hoursAgo(14), false],
      [hoursAgo(25).replace('Z', ''), false],
      [hoursAgo(40), true],
      ['0001-01-01T00:00:00', false],
      ['1970-01-01T00:00:00Z', false],
      ['soon', false],
    ] as const) {
      const made = { id: 't-NewOne', title, created_at: at };
      const { text } = await (await answering(made))('create_ticket', create);
      expect(text.includes('Created.'), at).toBe(!isOld);
    }
    const attributed = { id: 't-NewOne', title, created: by(LONG_AGO) };
    expect((await (await answering(attributed))('create_ticket', create)).text).not.toContain('Created.');
    const both = { ...OLD, created_at: new Date().toISOString() };
    expect((await (await answering(both))('create_ticket', create)).text).toContain('Created.');
  });
});

describe('a new row', () => {
  const NEW = () => ({ id: 't-NewOne', title, created_at: new Date().toISOString(), created: by() });
  const HONEST: [said: object, shown?: string][] = [
    [{ duplicate: false }],
    [{ duplicate: null }],
    [{ duplicate: [] }],
    [{ duplicate: {} }],
    [{ duplicate: 'none' }],
    [{ duplicate: 0 }],
    [{ created: true }],
    [{ created: 1 }],
    [{ action: 'created' }],
    [{ status: 'created' }],
    [{ message: 'Ticket created. No duplicates found.' }, 'No duplicates found.'],
    [{ message: 'Created; it did not exist.' }, 'it did not exist'],
    [{ existing: [{ id: 't-Like', title: 'Alike' }] }, 't-Like'],
    [{ existing: { id: 't-Like', title: 'Alike' } }, 't-Like'],
    [{ duplicate_of: 't-Like' }, 't-Like'],
    [{ message: 'An admin will look at it.' }, 'An admin will look at it.'],
  ];
  test.each(HONEST)('stays the new one, without a look, beside %j', async (said, shown = '') => {
    for (const body of [
      { ticket: NEW(), ...said },
      { data: NEW(), meta: said },
    ]) {
      // A list in what is about the answer is not of the row.
      if ('meta' in body && 'existing' in said) continue;
      const call = await startWrites({ status: 201, body }, () => {
        throw new Error('no look');
      });
      const { data, text } = await call('create_ticket', create);
      expect(data.id).toBe('t-NewOne');
      expect(text).toContain('Created.');
      if (!('meta' in body && 'duplicate_of' in said)) expect(text).toContain(shown);
    }
  });

  test.each([
    { checklist: { completed: 0, total: 2 }, sprint: { status: 'planned' } },
    { severity: 'error', type: 'blocker', code: 1042, console_errors: 2, progress: 0 },
    { state: 'triage', due_at: new Date(Date.now() + 86_400_000).toISOString(), needs_triage: true },
  ])('stays it beside a ticket’s own fields: %j', async (own) => {
    const call = await startWrites({ status: 201, body: { ...NEW(), ...own } }, () => {
      throw new Error('no look');
    });
    expect((await call('create_ticket', create)).text).toContain('Created.');
  });

  test.each([
    { job_status: 'queued' },
    { status: 'queued' },
    { job: { status: 'pending' } },
    { requires_approval: true },
    { approval: { status: 'pending' } },
    { retry_after: 30 },
    { failed: true },
    { failed: 1 },
    { message: 'Queued for review' },
    { message: 'Nicht gespeichert' },
    { http_status: 409 },
    { issues: ['locked'] },
  ])('is looked for where its answer puts it off: %j', async (said) => {
    for (const [tool, input, made] of [
      ['create_ticket', create, NEW()],
      ['add_comment', comment, row('cmt_9', { body: comment.body })],
    ] as const) {
      const call = await startWrites({ status: 201, body: { data: made, ...said } }, () => ({
        status: 404,
        body: {},
      }));
      const { text, data } = await call(tool, input);
      expect(text).not.toMatch(/Created\.|Posted\./);
      expect(data.toado_answered).toBeDefined();
    }
    const made = NEW();
    const call = await startWrites({ status: 201, body: { ...made, ...said } }, () => ({ body: made }));
    expect((await call('create_ticket', create)).text).toContain('Created.');
  });

  test('that its answer casts doubt on is told as what a look shows, and named', async () => {
    for (const said of [{ new: false }, { exists: true }, { idempotent_replay: true }]) {
      let one: object = {};
      for (const [tool, input, id, make] of [
        ['create_ticket', create, 't-NewOne', NEW],
        ['add_comment', comment, 'cmt_9', () => row('cmt_9', { body: comment.body })],
      ] as const) {
        const written = () => {
          one = { ...make(), created: by() };
          return { status: 201, body: { ...one, ...said } };
        };
        const call = await startWrites(written, ({ path }) => ({
          body: path.endsWith('/t-NewOne') ? one : { items: [one] },
        }));
        const { data, text } = await call(tool, input);
        expect(data).toMatchObject({ id, toado_answered: said });
        expect(text).toContain(`Toado’s answer names it and casts doubt on it (toado_answered); a look`);
        expect(text).not.toContain('did not say which row');
      }
    }
  });

  test('and a comment of such words is a comment', async () => {
    const body = 'This is a duplicate, and it already exists.';
    for (const one of [
      { id: 'cmt_9', message: body, created: by() },
      { comment: { id: 'cmt_9', body, created: by() } },
    ]) {
      const call = await startWrites({ status: 201, body: one }, () => undefined);
      const { text } = await call('add_comment', { ...comment, body });
      expect(text).toContain('Posted.');
    }
  });

  test('a comment around which a state stands that holds it back is not posted', async () => {
    const body = { status: 'pending', comment: { id: 'cmt_9', body: comment.body, created: by() } };
    const { data, text } = await (await startWrites({ status: 201, body }, () => undefined))(
      'add_comment',
      comment,
    );
    expect(data.toado_answered).toEqual({ status: 'pending' });
    expect(text).toContain('not shown, or not yet: see status.');
    expect(text).not.toContain('Posted.');
  });
});

describe('a new row that another token made', () => {
  const ann = { user: { id: 'usr_ann', name: 'Ann' }, token: { id: 'tkn_ann', label: 'ann' }, via: 'mcp' };
  const made = (maker: object) => ({ ...maker, at: new Date().toISOString() });
  const ticket = (maker: object) => ({
    id: 't-NewOne',
    title,
    created_at: new Date().toISOString(),
    created: made(maker),
  });

  test('is not told as created, or posted, by this call', async () => {
    const create = await startWrites({ status: 201, body: ticket(ann) }, () => undefined);
    const created = await create('create_ticket', { project_id: 'proj_1', title });
    expect(created.text).not.toMatch(/^Created\./m);
    expect(created.text).toContain('another token made it: look before doing it again.');
    const body = row('cmt_8', { body: comment.body, created: made(ann) });
    const post = await startWrites({ status: 201, body }, () => undefined);
    const posted = await post('add_comment', comment);
    expect(posted.text).not.toMatch(/^Posted\./m);
    expect(posted.text).toContain('another token made it: look before doing it again.');
  });

  test('and where only its id is another one, it is this one’s', async () => {
    const create = await startWrites(
      { status: 201, body: ticket({ ...by(), token: { id: '17', label: 'fake' } }) },
      () => undefined,
    );
    expect((await create('create_ticket', { project_id: 'proj_1', title })).text).toMatch(/^Created\.$/m);
  });
});
