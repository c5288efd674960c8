/** Written, and not all of it kept: what was asked for and isn't so is said beside "Created." and "Updated.". */
import { describe, expect, test } from 'vitest';
import { startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const ID = 't-abc123';
const ROW = { id: ID, title: 'New', project_id: 'proj_1', column_id: 'col_1', status: 'active' };

async function said(tool: string, args: Record<string, unknown>, row: object, isRead = false) {
  const api = await startFakeApi(({ method, path }) => {
    if (path === '/auth/token-info') return undefined;
    if (method === 'GET') return { body: path === `/tickets/${ID}` ? { ...ROW, ...row } : [] };
    return { body: isRead ? { id: ID } : { ...ROW, ...row } };
  });
  const { text, session } = startInProcess(api.env);
  await session.grant.untilKnown(2_000);
  return text(tool, args);
}

const create = (args: object, row: object, isRead?: boolean) =>
  said('create_ticket', { project_id: 'proj_1', title: 'New', ...args }, row, isRead);
const update = (args: object, row: object) => said('update_ticket', { ticket_id: ID, ...args }, row);

describe('create_ticket', () => {
  const sent = { description: '**Important**', source_url: 'https://a.example/x', column_id: 'col_1' };
  const kept = {
    description: 'Important\n',
    source_url: 'https://a.example/x/',
    resolved: false,
    is_draft: false,
  };

  test.each<[what: string, args: object, row: object]>([
    ['as it was sent', sent, kept],
    ['what the row doesn’t show', sent, { column_id: undefined, status: undefined }],
    ['what nobody sent', {}, { ...kept, description: null, source_url: null, column_id: 'col_9' }],
    ['a template’s description', { description: '' }, { description: 'Steps:' }],
  ])('%s: nothing more is said', async (_, args, row) => {
    const text = await create(args, row);
    expect(text).toMatch(/Created\.$/);
  });

  test.each<[what: string, row: object, says: string]>([
    ['an empty description', { description: '' }, 'shows no description'],
    ['none', { description: null }, 'shows no description'],
    ['another one', { description: 'zzz' }, 'not in the words that were sent'],
    ['half of it', { description: '**Impor' }, 'not in the words that were sent'],
    ['another column', { column_id: 'col_2' }, 'another column'],
    ['another project', { project_id: 'proj_2' }, 'another project'],
    ['no page', { source_url: null }, 'no source_url'],
    ['another page', { source_url: 'https://a.example/y' }, 'another source_url'],
    ['archived', { status: 'archived' }, 'another status than active'],
    ['archived, by its time', { archived_at: '2026-01-01T00:00:00Z' }, 'another status than active'],
    ['a draft', { is_draft: true }, 'as a draft'],
    ['resolved', { resolved: true }, 'as resolved'],
  ])('%s', async (_, row, says) => {
    for (const isRead of [false, true]) {
      const text = await create(sent, { ...kept, ...row }, isRead);
      expect(text).toContain('Created.');
      expect(text).toContain(says);
      expect(text.slice(text.indexOf('Created.')).split('\n')).toHaveLength(2);
    }
  });
});

describe('update_ticket', () => {
  test.each<[what: string, args: object, shown: unknown, says: string]>([
    ['no description', { description: 'zz' }, null, 'shows no description'],
    ['an empty one', { description: 'zz' }, ' ', 'shows no description'],
    ['another one', { description: 'zz' }, 'other', 'not in the words that were sent'],
    ['the old one', { description: '' }, 'old', 'shows a description still'],
  ])('%s', async (_, args, description, says) => {
    const text = await update(args, { description });
    expect(text).toContain('Updated.');
    expect(text).toContain(says);
  });

  test.each<[what: string, args: object, shown: unknown]>([
    ['as sent', { description: 'zz' }, 'zz'],
    ['cleared', { description: '' }, null],
    ['not shown', { description: 'zz' }, undefined],
    ['not sent', { title: 'New' }, null],
  ])('%s: nothing more is said', async (_, args, description) => {
    expect(await update(args, { description })).toMatch(/Updated\.$/);
  });
});
