import { describe, expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { runHere, runToEnd } from '../support/command.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared, sideBySide } from '../support/ending.ts';
import { connect } from '../support/program.ts';
import { secure, startProxy } from '../support/proxy.ts';
import { SDKS } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

/** A name that only the proxy can resolve: nothing gets there past it. */
const HOST = 'toado.invalid';
/** An address of this machine that does not count as loopback, so that it is not spared the proxy. */
const STRAIGHT = '0.0.0.0';

const LOGIN = 'jason:s3cret';
/** One for each client, one for doctor. How exceptions are read is a test of the settings. */
const EXCEPTIONS = { 'sdk 1.x': STRAIGHT, 'sdk 2.x modern': '*', doctor: `example.org, ${STRAIGHT}` };

const sandbox = shared(() => startToado());
const encrypted = shared(() => secure(sandbox(), [HOST, STRAIGHT]));

async function scene({ login }: { login?: string } = {}) {
  const toado = sandbox();
  const { port, authorityFile } = encrypted();
  const proxy = await startProxy({ login, hosts: { [HOST]: port } });
  const token = toado.token('triage');
  return {
    proxy,
    token,
    env: {
      TOADO_API_TOKEN: token,
      TOADO_API_URL: `https://${HOST}/api/v1`,
      NODE_EXTRA_CA_CERTS: authorityFile,
      HTTPS_PROXY: `http://${login ? `${login}@` : ''}127.0.0.1:${proxy.port}`,
    },
    straight: { TOADO_API_URL: `https://${STRAIGHT}:${port}/api/v1` },
  };
}

async function whatDoctorSays(
  env: Record<string, string>,
  how = (args: string[], given: Record<string, string>) => runToEnd(args, { env: given }),
) {
  const { code, stdout, stderr } = await how(['doctor', '--json'], env);
  const { checks } = JSON.parse(stdout) as {
    checks: { name: string; state: string; says: string; next?: string }[];
  };
  return {
    code,
    output: stdout + stderr,
    of: (name: string) => checks.find((check) => check.name === name)!,
  };
}

describe.each(SDKS)('%s', (sdk) => {
  describe('behind a proxy', () => {
    test('HTTPS_PROXY: reads and writes go through its tunnel, and it never sees the token', async () => {
      const { proxy, token, env } = await scene();
      const agent = await connect(sdk, { env });
      expect((await agent.toolNames()).length).toBe(tools.length);
      const { structuredContent } = await agent.call('search_tickets', { query: 'checkout' });
      const [ticket] = (structuredContent as { items: { id: string }[] }).items;
      const comment = await agent.call('add_comment', { ticket_id: ticket!.id, body: 'through the proxy' });
      expect(comment.isError).not.toBe(true);
      expect(new Set(proxy.connects)).toEqual(new Set([`${HOST}:443`]));
      expect(proxy.seen()).not.toContain(token);
      expect(proxy.seen()).not.toContain(Buffer.from(token).toString('base64').slice(0, -4));
      expect(proxy.seen().toLowerCase()).not.toMatch(/"authorization"|through the proxy/);
    });

    test('with a name and password in HTTPS_PROXY', async () => {
      const { proxy, token, env } = await scene({ login: LOGIN });
      const agent = await connect(sdk, { env });
      expect((await agent.toolNames()).length).toBe(tools.length);
      expect(proxy.seen()).not.toContain(token);
    });

    test('a session in this process, with a wrong password: whoami names the proxy and the variable, not the password', async () => {
      const { proxy, env } = await scene({ login: LOGIN });
      const wrong = { ...env, HTTPS_PROXY: `http://jason:guess@127.0.0.1:${proxy.port}` };
      const agent = await connectInProcess(sdk, { env: wrong });
      const said = await agent.text('whoami');
      expect(said).toContain('The proxy refused to connect');
      expect(said).toContain('HTTPS_PROXY');
      expect(said + agent.stderr()).not.toContain('guess');
    });

    test(`NO_PROXY=${EXCEPTIONS[sdk]}: straight to the host`, async () => {
      const { proxy, env, straight } = await scene();
      const agent = await connect(sdk, { env: { ...env, ...straight, NO_PROXY: EXCEPTIONS[sdk] } });
      expect((await agent.toolNames()).length).toBe(tools.length);
      expect(proxy.connects).toEqual([]);
    });

    test('NO_PROXY for another host: still through the proxy', async () => {
      const { proxy, env } = await scene();
      const agent = await connect(sdk, { env: { ...env, NO_PROXY: 'example.org,localhost' } });
      expect((await agent.toolNames()).length).toBe(tools.length);
      expect(proxy.connects.length).toBeGreaterThan(0);
    });

    test('a loopback address is never sent through a proxy', async () => {
      const { proxy, env } = await scene();
      const http = { ...sandbox().env(), HTTPS_PROXY: env.HTTPS_PROXY, HTTP_PROXY: env.HTTPS_PROXY };
      const agent = await connect(sdk, { env: http });
      expect((await agent.toolNames()).length).toBe(tools.length);
      expect(proxy.seen()).toBe('');
    });
  });

  test('a session in this process, which doesn’t know the authority: it is refused, and said so', async () => {
    const { env } = await scene();
    const { NODE_EXTRA_CA_CERTS: _, ...strict } = env;
    const agent = await connectInProcess(sdk, { env: strict });
    expect(await agent.toolNames()).toEqual(['whoami']);
    expect(await agent.text('whoami')).toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('doctor', () => {
  sideBySide('with a name and password in HTTPS_PROXY', async () => {
    const { proxy, env } = await scene({ login: LOGIN });
    const { code, output, of } = await whatDoctorSays(env);
    expect(code).toBe(0);
    expect(of('proxy').says).toBe(`http://…@127.0.0.1:${proxy.port} (HTTPS_PROXY)`);
    expect(of('connect').says).toContain('through the proxy');
    expect(of('tls').says).toContain('Test authority of toado-mcp');
    expect(output).not.toContain('s3cret');
  });

  sideBySide('with a wrong password: it names the proxy and the variable, not the password', async () => {
    const { proxy, env } = await scene({ login: LOGIN });
    const wrong = { ...env, HTTPS_PROXY: `http://jason:guess@127.0.0.1:${proxy.port}` };
    const { code, output, of } = await whatDoctorSays(wrong);
    expect(code).toBe(1);
    expect(of('connect')).toMatchObject({ state: 'fail', next: expect.stringContaining('HTTPS_PROXY') });
    expect(of('connect').says).toContain('407');
    expect(output).not.toContain('guess');
  });

  sideBySide(`NO_PROXY=${EXCEPTIONS.doctor}: straight to the host`, async () => {
    const { env, straight, proxy } = await scene();
    const { code, of } = await whatDoctorSays({ ...env, ...straight, NO_PROXY: EXCEPTIONS.doctor });
    expect(code).toBe(0);
    expect(of('proxy').says).toBe('none for this host (NO_PROXY)');
    expect(proxy.connects).toEqual([]);
  });

  test('without NODE_EXTRA_CA_CERTS an unknown authority is refused, and said so', async () => {
    const { env, token } = await scene();
    const { NODE_EXTRA_CA_CERTS: _, ...strict } = env;
    // Nor does this process know it.
    const { code, output, of } = await whatDoctorSays(strict, runHere);
    expect(code).toBe(1);
    expect(of('tls')).toMatchObject({ state: 'fail', next: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
    expect(output).not.toContain(token);
  });

  sideBySide('NODE_EXTRA_CA_CERTS that names no file is found out', async () => {
    const { env } = await scene();
    const { code, of } = await whatDoctorSays({ ...env, NODE_EXTRA_CA_CERTS: '/nowhere/authority.pem' });
    expect(code).toBe(1);
    expect(of('certs')).toMatchObject({
      state: 'fail',
      says: expect.stringContaining('/nowhere/authority.pem'),
    });
  });
});
