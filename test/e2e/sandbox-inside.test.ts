import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { connect, run } from '../support/program.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { ALL_TOOLS, READ_TOOLS } from '../support/tools-of-scopes.ts';

/** Each of the SDK's clients has a part in each story. */
const [FIRST, SECOND] = SDKS;

describe('toado-mcp --sandbox', () => {
  test('needs no token and no second terminal, and its data last between runs', async () => {
    const home = temporaryFolder();
    const env = { HOME: home };
    const first = await connect(FIRST, { args: ['--sandbox'], env });
    const posted = await first.call('add_comment', { ticket_id: 't-vP4sTe', body: 'still here tomorrow' });
    expect(posted.structuredContent!.shown_as).toBe('Jason (claude-code on macbook) · via MCP');
    await first.close();
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => basename(name) === 'sandbox.db')).toHaveLength(1);
    const second = await connect(SECOND, { args: ['--sandbox=reader'], env });
    expect(await second.text('list_comments', { ticket_id: 't-vP4sTe' })).toContain('still here tomorrow');
    expect(await second.toolNames()).toEqual(READ_TOOLS);
  });

  test('two of them on one file at once both work, and see each other’s work', async () => {
    const args = ['--sandbox', '--db', join(temporaryFolder(), 'shared.db')];
    const [one, two] = await Promise.all([connect(FIRST, { args }), connect(SECOND, { args })]);
    const posts = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? one : two).call('add_comment', { ticket_id: 't-vP4sTe', body: `number ${at}` }),
      ),
    );
    for (const post of posts) expect(post.isError, textOf(post)).toBeFalsy();
    for (const reader of [one, two]) {
      const text = await reader.text('list_comments', { ticket_id: 't-vP4sTe' });
      for (let at = 0; at < 20; at++) expect(text).toMatch(new RegExp(`number ${at}\\b`));
    }
  });
});

test('an unknown token name, and a file that is no database: one line, and the exit code when nobody asked', async () => {
  const wrongName = run({ args: ['--sandbox=traige', '--db', join(temporaryFolder(), 'x.db')] });
  wrongName.child.stdin?.end();
  expect((await wrongName.exited).code).toBe(2);
  expect(wrongName.stderr()).toMatch(/Did you mean triage\?/);
  const noDatabase = run({ args: ['--sandbox', '--db', fileURLToPath(new URL(import.meta.url))] });
  noDatabase.child.stdin?.end();
  expect((await noDatabase.exited).code).toBe(1);
  expect(noDatabase.stderr().trimEnd().split('\n')).toHaveLength(1);
  expect(noDatabase.stderr()).toMatch(/^toado-mcp error: .*sandbox-inside\.test\.ts/);
});

test('a ready-made token that was revoked: what else works, and how to begin anew', async () => {
  const db = join(temporaryFolder(), 'x.db');
  const sandbox = async (args: string[]) => {
    const { child, exited, stdout, stderr } = run({ args });
    child.stdin?.end();
    return { ...(await exited), said: stdout() + stderr() };
  };
  const revoked = await sandbox(['sandbox', 'tokens', 'revoke', 'tkn_triage', '--db', db]);
  expect(revoked.said).toMatch(/^Revoked: /);
  const { code, said } = await sandbox(['--sandbox', '--db', db]);
  expect({ code, said }).toEqual({
    code: 2,
    said: `toado-mcp error: --sandbox: the ready-made token triage no longer works here: it was revoked, or its owner may hold none. Take another one (reader, commenter, status, per-project, one-project), as --sandbox=reader, or begin anew with all of them: toado-mcp sandbox reset --db "${db}"\n`,
  });
  await sandbox(['sandbox', 'reset', '--db', db]);
  const { length } = ALL_TOOLS;
  const offered = await sandbox(['tools', '--sandbox', '--db', db]);
  expect(offered.said).toContain(`${length} of ${length} offered`);
});
