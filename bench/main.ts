/**
 * `npm run bench`: what the server costs, as ratios measured in one run.
 *   --peers          adds other makers' servers (installed outside the checkout)
 *   --node 24        measures on another Node (from the registry's `node` package)
 *   --beside a,b     other builds of this server (their main.js), which take turns with it at calls
 *   --only a,b       start, call, network, pieces, memory, size, sandbox
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sizes } from '../build/sizes.ts';
import { benchCalls } from './call.ts';
import { type Candidate, Child, helper, TOKEN } from './child.ts';
import { benchMemory } from './memory.ts';
import { benchNetwork } from './network.ts';
import { nodeOf, peers } from './peers.ts';
import { benchPieces } from './pieces.ts';
import { benchSandbox } from './sandbox.ts';
import { benchStart } from './start.ts';
import { short } from './statistics.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'boolean' },
    node: { type: 'string' },
    only: { type: 'string' },
    beside: { type: 'string' },
  },
});
const wants = (section: string) => !values.only || values.only.split(',').includes(section);
const part = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const node = values.node ? nodeOf(values.node) : process.execPath;
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
/** A start's bound, as a multiple of the floor's, by Node's major version. */
const START_AIMS: Record<string, number> = { v20: 2.3, v24: 1.75 };
const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-bench-'));
const api = await helper([part('api.cjs')]);
const origin = `http://127.0.0.1:${api.line}`;
const [fast, slow] = [`${origin}/api/v1`, `${origin}/slow/api/v1`];
const at = (apiUrl: string) => ({ TOADO_API_URL: apiUrl, TOADO_API_TOKEN: TOKEN });
const ours = (apiUrl: string): Candidate => ({ name: 'toado-mcp', args: [program], env: at(apiUrl) });
const standIn =
  (file: string, name = file) =>
  (apiUrl: string) => ({
    name,
    args: [part(`${file}.mjs`)],
    env: at(apiUrl),
  });

try {
  const toolList = join(folder, 'tools.json');
  const once = new Child(node, ours(fast));
  await once.initialize();
  writeFileSync(toolList, JSON.stringify((await once.request('tools/list')).result));
  await once.end();
  const floor: Candidate = { name: 'floor', args: [part('floor.cjs'), toolList], env: at(fast) };

  console.log(
    `# Node ${version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg().map(short).join(' ')}`,
  );
  if (wants('start')) {
    const cold = {
      ...ours(fast),
      name: 'toado-mcp, nothing compiled',
      env: { ...at(fast), NODE_DISABLE_COMPILE_CACHE: '1' },
    };
    const modern = { ...ours(fast), name: 'toado-mcp, 2026-07-28 client', modern: true } as const;
    const others = values.peers ? peers() : [];
    const plain = { ...ours(fast), aim: START_AIMS[version.split('.')[0]!] };
    section('Start', await benchStart(node, [floor, plain, cold, modern, ...others]));
  }
  const builds = values.beside?.split(',') ?? [];
  const besides = [
    standIn('sdk', 'the SDK and Node’s HTTP client alone'),
    ...builds.map((file) => (apiUrl: string) => ({ ...ours(apiUrl), name: file, args: [resolve(file)] })),
  ];
  const servers = { ours, proxyAt: standIn('proxy'), besides };
  if (wants('call')) section('Call', await benchCalls(node, { origin, slow, fast }, servers));
  if (wants('network')) section('Network', await benchNetwork(node, { origin, ours }));
  if (wants('pieces') && node === process.execPath) {
    const answer = await fetch(`${fast}/tickets/t-aaaaaa`);
    section('Pieces', await benchPieces(await answer.text()));
  }
  if (wants('memory')) section('Memory', await benchMemory(node, floor, ours(fast)));
  if (wants('size')) {
    const { start, total } = sizes('dist');
    section(
      'Size',
      `Loaded at a plain start: ${short(start / 1000)} kB (aim ≤ 520 kB); all of dist/*.js: ${short(total / 1000)} kB.`,
    );
  }
  if (wants('sandbox')) section('Sandbox', await benchSandbox(program));
} finally {
  await api.end();
  rmSync(folder, { recursive: true, force: true });
}

function section(title: string, text: string): void {
  console.log(`\n## ${title}\n\n${text}`);
}
