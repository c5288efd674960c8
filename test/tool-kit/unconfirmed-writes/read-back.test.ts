/** What a write says that Toado accepted without its row: what one look shows, and no other row's id. */
import { describe, expect, test } from 'vitest';
import { type FakeAnswer, type FakeRequest, startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const TICKET = 't-7Kq2Mx';
const by = (at = new Date().toISOString()) => ({
  user: { id: 'usr_fake', name: 'Fay' },
  token: { id: 'tkn_fake', label: 'fake' },
  via: 'mcp',
  at,
});

async function start(written: FakeAnswer, read: (request: FakeRequest) => FakeAnswer | undefined) {
  const { env, requests } = await startFakeApi((request) => {
    if (request.path === '/auth/token-info') return undefined;
    return request.method === 'GET' ? read(request) : written;
  });
  const { call } = startInProcess({ ...env, TOADO_STRUCTURED: 'true' });
  return async (name: string, given: Record<string, unknown>) => {
    const { structuredContent, content, isError } = await call(name, given);
    expect(requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
    const text = content.map((one) => (one.type === 'text' ? one.text : '')).join('\n');
    return { data: (structuredContent ?? {}) as Record<string, unknown>, text, isError: isError === true };
  };
}

const comment = { ticket_id: TICKET, body: 'Deployed.' };
const row = (id: string, more = {}) => ({
  id,
  ticket_id: TICKET,
  body: 'Other words',
  created: by(),
  ...more,
});

test('a comment whose id was said is looked for to the last page', async () => {
  const call = await start({ status: 202, body: { id: 'cmt_9' } }, ({ query }) =>
    query.get('cursor') === 'c2'
      ? { body: { items: [row('cmt_9', { body: comment.body })] } }
      : { body: { items: [row('cmt_1')], cursor: 'c2' } },
  );
  const { data, text } = await call('add_comment', comment);
  expect(data).toMatchObject({ id: 'cmt_9', body: comment.body });
  expect(text).not.toContain('Other words');
});

test('the ticket’s id is not the comment’s', async () => {
  const call = await start({ status: 201, body: { id: TICKET } }, () => ({
    body: { items: [row('cmt_1')] },
  }));
  const { data, text, isError } = await call('add_comment', comment);
  expect([data.id, isError]).toEqual([undefined, false]);
  expect(text).toMatch(/Toado accepted it \(HTTP 201\)/);
});

test('without an id, one that only this call can have made is shown, and that nobody said so', async () => {
  const call = await start({ status: 204, body: '' }, () => ({
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
    const { data, text } = await (await start({ status: 204, body: '' }, read))(tool, input);
    expect(data.id, tool).toBeUndefined();
    expect(text).not.toMatch(/cmt_2|t-Ahead1/);
    const lost = await (await start({ status: 502, body: '' }, read))(tool, input);
    expect(lost.isError, tool).toBe(true);
    expect(lost.text).toContain('outcome_unknown');
    expect(lost.text).not.toContain('shows it');
  }
});

test('what else was said stays beside the row', async () => {
  const call = await start({ status: 202, body: { id: 'cmt_9', status: 'pending_approval' } }, () => ({
    body: { items: [row('cmt_9', { body: comment.body })] },
  }));
  expect((await call('add_comment', comment)).data).toMatchObject({
    id: 'cmt_9',
    toado_answered: { status: 'pending_approval' },
  });
});

test('where it can’t be read, no more is said than Toado did, and of the ticket that was asked for', async () => {
  const call = await start({ status: 202, body: { id: 'job_17' } }, () => ({ status: 403, body: {} }));
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
    const call = await start({ status: 201, body: { id: 't-NewOne' } }, ({ path }) =>
      path === '/tickets/t-NewOne' ? { body: { id: 't-NewOne', title: its } } : undefined,
    );
    const { data, text } = await call('create_ticket', { project_id: 'proj_1', title });
    expect(data.id).toBe('t-NewOne');
    expect(text.includes('did not')).toBe(false);
    expect('title' in data, its).toBe(isIt);
  }
});

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
    const call = await start({ status: 200, body }, () => ({ body: { items: [old] } }));
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
      const call = await start({ status: 200, body }, () => ({ body: { items: [mine] } }));
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
      const call = await start({ status: 201, body: made }, () => undefined);
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
      const call = await start({ status: 409, body }, () => undefined);
      const { text, isError } = await call('create_ticket', { project_id: 'proj_1', title });
      expect(isError).toBe(true);
      expect(text).toContain('t-Before');
    }
  });
});
