import { expect, test } from 'vitest';
import { start } from '../support/sandbox.ts';

const mcp = { 'x-toado-client': 'mcp' };
const byMia = { user: { id: 'usr_mia', name: 'Mia' }, token: { id: 'tkn_mia', label: 'mia agent' } };

test('a comment shows its token', async () => {
  const { as } = await start();
  const { status, body } = await as('mia')(
    'POST',
    '/tickets/t-AAAAAA/comments',
    { body: 'Seen it too' },
    mcp,
  );
  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.stringMatching(/^cmt_/),
    ticket_id: 't-AAAAAA',
    body: 'Seen it too',
    created: { ...byMia, via: 'mcp', at: expect.any(String) },
  });
  expect((await as('olga')('GET', '/tickets/t-AAAAAA/comments')).body).toEqual({ items: [body] });
  const { body: seen } = await as('olga')('GET', '/tickets/t-AAAAAA');
  expect(seen).toMatchObject({ comment_count: 1, has_ai_activity: true });
  expect(seen.updated_at, 'the ticket itself is as it was').toBe(seen.created_at);
  await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'Not by a model' });
  const { body: later } = await as('olga')('GET', '/tickets/t-AAAAAA');
  expect(later).toMatchObject({ comment_count: 2, has_ai_activity: true });
});
