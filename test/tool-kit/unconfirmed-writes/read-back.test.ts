/** What a write says that Toado accepted without its row: what one look shows, and no other row's id. */
import { expect, test } from 'vitest';
import { by, type FakeRequest, startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';
import { comment, row, startWrites, TICKET } from './one-write.ts';

test('a comment whose id was said is looked for to the last page', async () => {
  const call = await startWrites({ status: 202, body: { id: 'cmt_9' } }, ({ query }) =>
    query.get('cursor') === 'c2'
      ? { body: { items: [row('cmt_9', { body: comment.body })] } }
      : { body: { items: [row('cmt_1')], cursor: 'c2' } },
  );
  const { data, text } = await call('add_comment', comment);
  expect(data).toMatchObject({ id: 'cmt_9', body: comment.body });
  expect(text).not.toContain('Other words');
});

test('the ticket’s id is not the comment’s', async () => {
  const call = await startWrites({ status: 201, body: { id: TICKET } }, () => ({
    body: { items: [row('cmt_1')] },
  }));
  const { data, text, isError } = await call('add_comment', comment);
  expect([data.id, isError]).toEqual([undefined, false]);
  expect(text).toMatch(/Toado accepted it \(HTTP 201\)/);
});

test('without an id, one that only this call can have made is shown, and that nobody said so', async () => {
  const call = await startWrites({ status: 204, body: '' }, () => ({
    body: { items: [row('cmt_1'), row('cmt_2', { body: comment.body, created: by() })] },
  }));
  const { data, text } = await call('add_comment', comment);
  expect(data).toMatchObject({ id: 'cmt_2' });
  expect(text).toContain(
    'Toado accepted it and did not say which row it is; a look afterwards shows it: cmt_2',
  );
});

test.each([30, 3_600])('one of a time that is still to come, by %i s, is not taken for it', async (ahead) => {
  // Made long before, by a machine whose clock is ahead.
  const created = by(new Date(Date.now() + ahead * 1_000).toISOString());
  const title = 'Dead button';
  const items = [row('cmt_2', { body: comment.body, created })];
  const ticket = { id: 't-Ahead1', title, created_at: created.at, created };
  for (const [tool, input, read] of [
    ['add_comment', comment, () => ({ body: { items } })],
    [
      'create_ticket',
      { project_id: 'proj_1', title },
      ({ path }: FakeRequest) => ({ body: path.endsWith('t-Ahead1') ? ticket : { items: [ticket] } }),
    ],
  ] as const) {
    const { data, text } = await (await startWrites({ status: 204, body: '' }, read))(tool, input);
    expect(data.id, tool).toBeUndefined();
    expect(text).not.toMatch(/cmt_2|t-Ahead1/);
    const lost = await (await startWrites({ status: 502, body: '' }, read))(tool, input);
    expect(lost.isError, tool).toBe(true);
    expect(lost.text).toContain('outcome_unknown');
    expect(lost.text).not.toContain('shows it');
  }
});

test('what else was said stays beside the row', async () => {
  const call = await startWrites({ status: 202, body: { id: 'cmt_9', status: 'pending_approval' } }, () => ({
    body: { items: [row('cmt_9', { body: comment.body })] },
  }));
  expect((await call('add_comment', comment)).data).toMatchObject({
    id: 'cmt_9',
    toado_answered: { status: 'pending_approval' },
  });
});

test('where it can’t be read, no more is said than Toado did, and of the ticket that was asked for', async () => {
  const call = await startWrites({ status: 202, body: { id: 'job_17' } }, () => ({ status: 403, body: {} }));
  const { data, text, isError } = await call('archive_ticket', { ticket_id: TICKET });
  expect([data.id, isError]).toEqual([TICKET, false]);
  expect(text).toMatch(/Toado accepted it \(HTTP 202\) and said nothing more\. It may take a moment/);
});

test('a new ticket with another title is another one', async () => {
  const title = 'Dead button';
  for (const [its, isIt] of [
    [title, true],
    ['Somebody else’s', false],
  ] as const) {
    const call = await startWrites({ status: 201, body: { id: 't-NewOne' } }, ({ path }) =>
      path === '/tickets/t-NewOne' ? { body: { id: 't-NewOne', title: its } } : undefined,
    );
    const { data, text } = await call('create_ticket', { project_id: 'proj_1', title });
    expect(data.id).toBe('t-NewOne');
    expect(text.includes('did not')).toBe(false);
    expect('title' in data, its).toBe(isIt);
  }
});

const newTicket = { project_id: 'proj_1', title: 'The "A" button', description: 'Grey.' };

test.each([
  ['typographic quotes', 'The “A” button'],
  ['entities', 'The &quot;A&quot; button'],
])('a title in another form is the one that was sent: %s', async (_, title) => {
  const call = await startWrites(
    { status: 201, body: { id: 't-New001', title, created: by() } },
    () => undefined,
  );
  const { data, text } = await call('create_ticket', newTicket);
  expect(data).toMatchObject({ id: 't-New001', title });
  expect(text).toMatch(/Created\.$/);
});

const cut = { id: 't-New002', title: 'The "A" bu', project_id: 'proj_1', description: 'Grey.' };

test('a ticket with another title is this call’s where it is by this token and not older than the call', async () => {
  const made = { ...cut, created: by(), created_at: by().at };
  const call = await startWrites({ status: 201, body: made }, ({ path }) =>
    path === '/tickets/t-New002'
      ? { body: { ...made, created: by(), created_at: by().at } }
      : { body: { items: [] } },
  );
  const { data, text } = await call('create_ticket', newTicket);
  expect(data).toMatchObject({ id: 't-New002', title: cut.title });
  expect(text).toContain('Created; Toado shows it with another title than the one that was sent');
});

test.each<[what: string, of: object]>([
  ['another token’s', { created: { ...by(), token: { id: 'tkn_other', label: 'x' } } }],
  ['nobody’s', {}],
  ['another project’s', { created: by(), project_id: 'proj_2' }],
  ['made by this token before the call', { created: by(new Date(Date.now() - 600_000).toISOString()) }],
])('a ticket with another title may be another row, and is named as what Toado answered: %s', async (_, of) => {
  const made = { ...cut, ...of };
  const call = await startWrites({ status: 201, body: made }, ({ path }) =>
    path === '/tickets/t-New002' ? { body: made } : { body: { items: [] } },
  );
  const { data, text, isError } = await call('create_ticket', newTicket);
  expect([data.id, isError]).toEqual([undefined, false]);
  expect(data.toado_answered).toMatchObject({ id: 't-New002', title: cut.title });
  expect(text).toContain('did not show it');
});

test('a ticket with another title that another call of this session has made is not this call’s', async () => {
  const made = () => ({ ...cut, title: 'The first', created: by(), created_at: by().at });
  const { env } = await startFakeApi(({ method, path }) => {
    if (path === '/auth/token-info') return undefined;
    if (method !== 'GET') return { status: 201, body: made() };
    return { body: path === `/tickets/${cut.id}` ? made() : { items: [] } };
  });
  const { call } = startInProcess({ ...env, TOADO_STRUCTURED: 'true' });
  const first = await call('create_ticket', { ...newTicket, title: 'The first' });
  const second = await call('create_ticket', newTicket);
  const idOf = ({ structuredContent }: typeof first) => (structuredContent as { id?: string }).id;
  expect([idOf(first), idOf(second)]).toEqual([cut.id, undefined]);
});

test('a comment whose text is no text is this call’s where it is by this token and not older than the call', async () => {
  const doc = { type: 'doc', content: [{ type: 'text', text: comment.body }] };
  const made = () => ({ ...row('cmt_7'), body: doc });
  const call = await startWrites({ status: 201, body: made() }, () => ({
    body: { items: [row('cmt_1'), made()] },
  }));
  const { data, text } = await call('add_comment', comment);
  expect(data).toMatchObject({ id: 'cmt_7' });
  expect(text).toContain('Posted; Toado does not show its text as it was sent');
});

test.each(['assignee_id', 'assigneeId'])('another %s is nobody who was to be assigned', async (name) => {
  const args = { ticket_id: TICKET, user_id: 'usr_2' };
  const shows = async (id: string) => {
    const call = await startWrites({ body: { id: TICKET, title: 'x', [name]: id } }, () => undefined);
    return (await call('assign_ticket', args)).text;
  };
  expect(await shows('usr_9')).not.toContain('Assigned.');
  expect(await shows('usr_2')).toContain('Assigned.');
});
