/** `--files`: a recording as a file that a shell can search, offered where a person named a folder and never else. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kindOfPicture } from '../../src/pictures/kind-of-picture.ts';
import { runHere } from '../support/command.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { connect, INITIALIZE, run } from '../support/program.ts';
import { type CallResult, SDKS, textOf, type WireTool } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-7Kq2Mx';
const pathIn = (result: CallResult) => /Written to (\S+)/.exec(textOf(result))![1]!;

function choices(tools: WireTool[], name: string): unknown {
  const { properties } = tools.find((tool) => tool.name === name)!.inputSchema as {
    properties: Record<string, { enum?: unknown }>;
  };
  return properties.as!.enum;
}

test.each(SDKS)('every panel and a picture, whole: %s', async (sdk) => {
  const toado = await startToado();
  const folder = join(temporaryFolder(), 'files');
  const { call, listTools } = await connectInProcess(sdk, {
    env: toado.env(),
    args: ['--files', folder],
    structured: false,
  });
  const tools = await listTools();
  expect(choices(tools, 'get_devtools')).toEqual(['curl', 'file']);
  expect(choices(tools, 'get_capture_asset')).toEqual(['image', 'link', 'file']);
  const ask = (panel: string, more = {}) =>
    call('get_devtools', { ticket_id: BUG, panel, as: 'file', ...more });

  const network = await ask('network');
  expect(textOf(network)).toMatch(
    /^Written to \S+\.har \(1\.\d MB\): HAR 1\.2 with 790 requests, \d+ failed /,
  );
  // Nothing of it is strangers' text, so there is no fence.
  expect(textOf(network)).not.toContain('<');
  const { log } = JSON.parse(readFileSync(pathIn(network), 'utf8'));
  expect(log.entries).toHaveLength(790);
  type Entry = { request: { url: string; headers: object[] }; response: { status: number }; _entry: number };
  const failed: Entry[] = log.entries.filter(({ response: { status } }: Entry) => status >= 400);
  const unanswered = log.entries.filter(({ response: { status } }: Entry) => status === 0);
  expect(textOf(network)).toContain(
    `${failed.length} failed (status 400 and more), ${unanswered.length} unanswered`,
  );
  const session = failed.find(({ request }) => request.url.endsWith('/api/checkout/session'))!;
  expect(session.request.headers).toContainEqual({ name: 'cookie', value: '[value removed]' });
  const shown = await call('get_devtools', { ticket_id: BUG, panel: 'network', entry: session._entry });
  expect(textOf(shown)).toContain('/api/checkout/session');

  const console = await ask('console');
  const lines = readFileSync(pathIn(console), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(textOf(console)).toContain(`${lines.length} entries`);
  const errors = execFileSync('grep', ['-c', '"level":"error"', pathIn(console)], {
    encoding: 'utf8',
  }).trim();
  expect(textOf(console)).toContain(`errors: ${errors}`);
  expect(JSON.parse(readFileSync(pathIn(await ask('errors')), 'utf8').split('\n')[0]!)).toHaveProperty(
    'message',
  );
  expect(JSON.parse(readFileSync(pathIn(await ask('performance')), 'utf8'))).toHaveProperty('long_tasks');

  const some = await ask('network', { min_status: 400, method: 'POST' });
  expect(textOf(some)).toMatch(/Only \d+ of the panel's 790 entries match/);
  const few = JSON.parse(readFileSync(pathIn(some), 'utf8')).log.entries;
  expect(few.length).toBeLessThan(20);

  const picture = await call('get_capture_asset', { ticket_id: BUG, as: 'file' });
  expect(kindOfPicture(readFileSync(pathIn(picture)))).toBeTruthy();
  expect(textOf(picture)).toMatch(/\d+ × \d+ pixels/);
  expect(picture.content).toHaveLength(1);

  for (const name of readdirSync(folder)) {
    expect(name).toMatch(/^toado-\d{8}-\d{6}-[a-z]+-[0-9a-f]{12}\.(har|jsonl|json|png|webp|jpeg)$/);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  const refused = await ask('timeline');
  expect(refused.isError).toBe(true);
});

test('with --structured: path, size and counts are there for programs', async () => {
  const toado = await startToado();
  const { call } = await connectInProcess('sdk 2.x modern', {
    env: { ...toado.env(), TOADO_FILES: temporaryFolder() },
  });
  const { structuredContent } = await call('get_devtools', { ticket_id: BUG, panel: 'network', as: 'file' });
  expect(structuredContent).toMatchObject({
    entries: 790,
    failed: expect.any(Number),
    bytes: expect.any(Number),
    path: expect.stringContaining('.har'),
  });
  const picture = await call('get_capture_asset', { ticket_id: BUG, as: 'file' });
  expect(picture.structuredContent).toMatchObject({
    path: expect.any(String),
    bytes: expect.any(Number),
    count: 1,
  });
});

test('without a folder it is not offered, and asked for all the same it says why not', async () => {
  const toado = await startToado();
  const { call, listTools } = await connectInProcess('sdk 2.x modern', { env: toado.env() });
  expect(choices(await listTools(), 'get_devtools')).toEqual(['curl']);
  expect(JSON.stringify(await listTools())).not.toContain('"file"');
  for (const [tool, args] of [
    ['get_devtools', { panel: 'console' }],
    ['get_capture_asset', {}],
  ] as const) {
    const refused = await call(tool, { ticket_id: BUG, as: 'file', ...args });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toMatch(/this server has none[\s\S]*--files/);
  }
});

test.each(['SIGTERM', 'end of stdin'])('with :session its files go with it, also at %s', async (how) => {
  const toado = await startToado();
  const folder = temporaryFolder();
  const program = run({ env: toado.env(), args: [`--files=${folder}:session`] });
  program.send(INITIALIZE);
  await program.answer(0);
  program.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const args = { ticket_id: BUG, panel: 'network', as: 'file' };
  program.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'get_devtools', arguments: args },
  });
  const { result } = await program.answer(1);
  const path = pathIn(result as CallResult);
  expect(existsSync(path)).toBe(true);
  if (how === 'SIGTERM') program.child.kill('SIGTERM');
  else program.child.stdin!.end();
  await program.exited;
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that can’t be used is an error of the settings, and never comes from a .env', async () => {
  const at = temporaryFolder();
  mkdirSync(join(at, 'open'));
  chmodSync(join(at, 'open'), 0o777);
  mkdirSync(join(at, 'real'));
  symlinkSync(join(at, 'real'), join(at, 'link'));
  writeFileSync(join(at, 'file'), '');
  const toado = await startToado();
  for (const [folder, says] of [
    [join(at, 'link'), /--files \(TOADO_FILES\) is a link/],
    [join(at, 'open'), /--files \(TOADO_FILES\) is open for everybody/],
    [join(at, 'file'), /--files \(TOADO_FILES\) is a file/],
    [`${at}/x/../y`, /without “\.\.”/],
    ['/proc/nope', /--files \(TOADO_FILES\) can't be made/],
  ] as const)
    expect(await runHere(['--files', folder], toado.env())).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(says),
    });
  // A client reads the same.
  const { call, toolNames } = await connect('sdk 2.x modern', {
    env: toado.env(),
    args: ['--files', join(at, 'link')],
  });
  expect(await toolNames()).toEqual(['whoami']);
  expect(textOf(await call('whoami'))).toMatch(/--files \(TOADO_FILES\) is a link/);
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, '.env'), `TOADO_FILES=${join(at, 'real')}\n`);
  expect(await runHere([], toado.env(), cwd)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("TOADO_FILES can't be set in .env"),
  });
  expect(readdirSync(join(at, 'real'))).toEqual([]);
});
