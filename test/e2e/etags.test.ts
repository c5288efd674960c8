/** Answers that are kept for their ETag: asked for conditionally, and given up where they become too many. */
import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';

/** Answers of about one megabyte each; the server keeps eight or so. */
const PROJECTS = 20;

test('what was asked for last is kept, the oldest is not', { timeout: 60_000 }, async () => {
  const api = await startFakeApi(({ path, headers }) => {
    const project = /^\/projects\/(proj_\d+)\/columns$/.exec(path)?.[1];
    if (!project) return undefined;
    const etag = `"${project}"`;
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' };
    return {
      headers: { etag },
      body: [{ id: `col_of_${project}`, name: 'To Do', order: 0, more: 'x'.repeat(1_000_000) }],
    };
  });
  const client = await startRaw({ env: api.env });
  await client.request('tools/list');
  const columns = async (at: number) => {
    const said = textOf(await client.call('list_columns', { project_id: `proj_${at}` }));
    expect(said).toContain(`col_of_proj_${at}`);
    return api.requests.at(-1)!.headers['if-none-match'];
  };
  for (let at = 0; at < PROJECTS; at++) expect(await columns(at), 'asked for the first time').toBeUndefined();
  expect(await columns(PROJECTS - 1)).toBe(`"proj_${PROJECTS - 1}"`);
  expect(await columns(PROJECTS - 3)).toBe(`"proj_${PROJECTS - 3}"`);
  expect(await columns(0)).toBeUndefined();
  expect(await columns(0), 'and kept again').toBe('"proj_0"');
});
