import { describe, expect, test } from 'vitest';
import { SCOPES } from '../../../src/base/scopes.ts';
import { runHere, runToEnd } from '../../support/command.ts';
import { connectInProcess } from '../../support/connect-in-process.ts';
import { startToado } from '../../support/toado.ts';

interface Row {
  tool: string;
  scope?: string;
  effect: string;
  offered?: boolean;
  why?: string;
}

async function rows(args: string[], env: Record<string, string> = {}): Promise<Row[]> {
  const { code, stdout } = await runHere(['tools', '--format', 'json', ...args], env);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { tools: Row[] }).tools;
}

describe('toado-mcp tools', () => {
  test('without a token it shows the catalogue, and how to ask about one', async () => {
    const { code, stdout, stderr } = await runToEnd(['tools']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tool +scope +effect +what it does\nadd_comment +comments +add +\S/m);
    expect(stderr).toContain('--scopes');
  });

  test('what it says of a token is what a client of that token gets', async () => {
    const toado = await startToado();
    for (const name of ['reader', 'commenter', 'triage']) {
      const said = await rows([], toado.env(name));
      const { toolNames } = await connectInProcess('sdk 2.x modern', { env: toado.env(name) });
      expect(said.filter(({ offered }) => offered).map(({ tool }) => tool)).toEqual(await toolNames());
    }
  });

  test('a scope’s question is answered like by a token that has it', async () => {
    const toado = await startToado();
    for (const scope of SCOPES) {
      const { token } = await toado.createToken({ scopes: [scope] });
      const spelling = `mcp.${scope.replace(':', '.')}`;
      expect(await rows(['--scopes', spelling])).toEqual(await rows([], toado.env(token)));
    }
  });

  test('narrowing counts in the answer, and is named', async () => {
    const said = await rows(['--scopes', 'tickets:write', '--read-only', '--exclude', 'get_ticket']);
    const of = (name: string) => said.find(({ tool }) => tool === name);
    expect(of('list_tickets')?.offered).toBe(true);
    expect(of('move_ticket')).toMatchObject({ offered: false, why: 'left out by --read-only' });
    expect(of('get_ticket')).toMatchObject({ offered: false, why: 'left out by --exclude' });
    expect(of('assign_ticket')).toMatchObject({ offered: false, why: 'needs scope tickets:assign' });
  });

  for (const [tools, scopes] of [
    ['whoami', []],
    ['list_tickets', ['read']],
    ['list_tickets,move_ticket', ['tickets:write']],
    ['add_comment,assign_ticket', ['comments', 'tickets:assign']],
    ['assign_ticket update_ticket add_comment', ['tickets:write', 'tickets:assign']],
  ] as const) {
    test(`--for ${tools}: ${scopes.join(', ') || 'any token'}`, async () => {
      const { stdout } = await runHere(['tools', '--for', tools, '--format', 'json']);
      expect(JSON.parse(stdout).scopes).toEqual(scopes);
      const text = (await runHere(['tools', '--for', tools])).stdout;
      expect(text).toContain(scopes.join(', ') || 'any token');
    });
  }

  test('a token that Toado refuses: the table, why, and exit code 1', async () => {
    const toado = await startToado();
    const { code, stdout, stderr } = await runToEnd(['tools'], { env: toado.env('tok_revoked_long_ago') });
    expect(code).toBe(1);
    expect(stdout).not.toContain('offered');
    expect(stderr).toContain('does not accept the token');
    expect(stdout + stderr).not.toContain('tok_revoked_long_ago');
  });

  test('as Markdown it is a table whose cells stay in their columns', async () => {
    const { stdout } = await runHere(['tools', '--scopes', 'read', '--format', 'markdown']);
    const widths = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('|').length);
    expect(new Set(widths).size).toBe(1);
    expect(widths.length).toBe(2 + (await rows([])).length);
  });
});
