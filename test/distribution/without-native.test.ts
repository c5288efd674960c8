import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { runToEnd } from '../support/command.ts';
import { connect, PROGRAM } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

/** The bundle's situation: the program alone, far from libsql and sharp. */
function bare(): string {
  const folder = temporaryFolder();
  cpSync(dirname(PROGRAM), folder, { recursive: true });
  return join(folder, 'main.js');
}

describe('without its native parts', () => {
  test('it serves the real Toado, pictures that need no scaling included', async () => {
    const toado = await startToado();
    const agent = await connect('sdk 2.x modern', { program: bare(), env: toado.env() });
    expect((await agent.toolNames()).length).toBe(tools.length);
    const { items } = (await agent.call('search_tickets', { query: 'checkout broken' }))
      .structuredContent as {
      items: { id: string }[];
    };
    const shown = await agent.call('get_capture_asset', { ticket_id: items[0]!.id });
    const picture = shown.content.find(({ type }) => type === 'image');
    expect(picture?.mimeType).toBe('image/png');
    expect(Buffer.from(picture!.data!, 'base64').subarray(1, 4).toString()).toBe('PNG');
  });

  test('--sandbox says in one line what is missing', async () => {
    const { code, stdout, stderr } = await runToEnd(['--sandbox'], { program: bare() });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^toado-mcp error: --sandbox: this installation has no sandbox .*libsql/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
