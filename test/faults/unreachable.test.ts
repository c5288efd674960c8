/** Every tool while Toado's certificate is not trusted any more, or its name leads nowhere: nothing leaves. */

import { describe, expect } from 'vitest';
import { tools } from '../../tools/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { contents, openDatabase } from '../support/database.ts';
import { sideBySide } from '../support/ending.ts';
import { connect } from '../support/program.ts';
import { secure, startProxy } from '../support/proxy.ts';
import { SDKS, type SdkClient, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';
import { type Case, casesOf, ticketMaker } from './tool-cases.ts';

/** A name that only the proxy can resolve. */
const HOST = 'toado.invalid';

async function scene(name: string) {
  const toado = await startToado();
  const db = openDatabase(toado.db);
  const cases = await casesOf(name, await ticketMaker(toado), db);
  return { toado, db, cases, front: await secure(toado, [HOST, 'localhost']) };
}

/** Calls every tool at once; each but whoami, which says what is wrong, has to fail without having been sent. */
async function callAll({ call }: SdkClient, cases: readonly Case[], names: RegExp): Promise<number> {
  const results = await Promise.all(cases.map(({ tool, args }) => call(tool, args)));
  for (const [at, result] of results.entries()) {
    const { tool } = cases[at]!;
    expect(textOf(result), tool).toMatch(names);
    if (tool === 'whoami') continue;
    expect(result.isError, tool).toBe(true);
    expect(textOf(result), tool).toMatch(/^unreachable \(not_sent\)/);
    expect(textOf(result), tool).toMatch(/\nNext: \S/);
  }
  return results.length;
}

describe.concurrent.each(SDKS)('%s', (sdk) => {
  sideBySide('a certificate that is not trusted any more, in the middle of a session', async () => {
    const { toado, db, cases, front } = await scene('distrust');
    const agent = await connect(sdk, {
      env: {
        ...toado.env(),
        TOADO_API_URL: `https://localhost:${front.port}/api/v1`,
        NODE_EXTRA_CA_CERTS: front.authorityFile,
      },
    });
    expect(await agent.toolNames()).toHaveLength(tools.length);
    const before = contents(db);
    front.distrust();
    const count = await callAll(agent, cases, /secure connection|certificate/i);
    console.log(`TLS failure: ${count} cases, nothing sent`);
    expect(contents(db)).toBe(before);
    front.trust();
    expect((await agent.call('list_projects')).isError).toBeFalsy();
  });

  sideBySide('a name that leads nowhere any more, in the middle of a session', async () => {
    const { toado, db, cases, front } = await scene('nowhere');
    const hosts: Record<string, number> = { [HOST]: front.port };
    const proxy = await startProxy({ hosts });
    const agent = await connect(sdk, {
      env: {
        ...toado.env(),
        TOADO_API_URL: `https://${HOST}/api/v1`,
        NODE_EXTRA_CA_CERTS: front.authorityFile,
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      },
    });
    expect(await agent.toolNames()).toHaveLength(tools.length);
    const before = contents(db);
    delete hosts[HOST];
    front.cut();
    const count = await callAll(agent, cases, /toado\.invalid|proxy/i);
    console.log(`Name that leads nowhere: ${count} cases, nothing sent`);
    expect(contents(db)).toBe(before);
    hosts[HOST] = front.port;
    expect((await agent.call('list_projects')).isError).toBeFalsy();
  });

  sideBySide('a session in this process, a name that can’t be looked up from the start on', async () => {
    const { toado, cases } = await scene('unknown');
    const agent = await connectInProcess(sdk, {
      env: { ...toado.env(), TOADO_API_URL: `https://${HOST}/api/v1` },
    });
    expect(await agent.toolNames()).toEqual(['whoami']);
    const count = await callAll(
      agent,
      cases.filter(({ tool }) => tool !== 'whoami'),
      /toado\.invalid/,
    );
    console.log(`Name that can't be looked up: ${count} cases, nothing sent`);
  });
});
