/** An update that replaces the program's files while it runs: whoever asks is told what helps. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { connect, PROGRAM } from '../support/program.ts';
import { SDKS } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

test.each(SDKS)('before the first call: %s', async (sdk) => {
  const toado = await startToado();
  const folder = temporaryFolder();
  cpSync(dirname(PROGRAM), folder, {
    recursive: true,
    filter: (name) => !/pictures|client|report/.test(name.slice(dirname(PROGRAM).length)),
  });
  const agent = await connect(sdk, { program: join(folder, 'main.js'), env: toado.env() });
  expect(await agent.toolNames()).toContain('get_ticket');
  for (const name of readdirSync(folder)) if (/^(?!main).*\.js$/.test(name)) rmSync(join(folder, name));
  for (const tool of ['update_ticket', 'whoami'])
    await expect(agent.call(tool, { ticket_id: 't-7Kq2Mx', title: 'x' })).rejects.toThrow(
      /its files were replaced or removed .* has to start toado-mcp again/,
    );
  expect(agent.stderr()).toContain('no longer there');
  const { body } = await toado.request('GET', '/tickets/t-7Kq2Mx');
  expect((body as { title: string }).title).not.toBe('x');
});
