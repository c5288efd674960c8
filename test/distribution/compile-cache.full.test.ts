/** Node's own cache of compiled code, damaged: a start goes on without it. */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeOf } from '../support/nodes.ts';
import { INITIALIZE, PROGRAM } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';

const EACH = 20;

/** The files of the cache, wherever Node puts them. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

const DAMAGES: [name: string, damage: (bytes: Buffer) => Buffer][] = [
  ['half of it zeroed', (bytes) => bytes.fill(0, bytes.length >> 1)],
  ['its first half zeroed', (bytes) => bytes.fill(0, 0, bytes.length >> 1)],
  [
    'bytes flipped',
    (bytes) => {
      for (let flips = 0; flips < 8; flips++) {
        const at = Math.floor(Math.random() * bytes.length);
        bytes[at] = bytes[at]! ^ (1 << Math.floor(Math.random() * 8));
      }
      return bytes;
    },
  ],
  ['truncated', (bytes) => bytes.subarray(0, Math.floor(Math.random() * bytes.length))],
  ['another file’s', (bytes) => Buffer.from(bytes.toString('base64'))],
];

/** A start as a client's: what it answers to the opening, and how it ends. */
function start(node: string, cache: string): Promise<{ said: string; end: number | string | null }> {
  return new Promise((resolve) => {
    const child = spawn(node, [PROGRAM], {
      env: { PATH: process.env.PATH ?? '', HOME: cache, XDG_CACHE_HOME: cache },
      cwd: cache,
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stdin.write(`${JSON.stringify(INITIALIZE)}\n{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n`);
    child.stdin.end();
    child.on('close', (code, signal) => resolve({ said, end: signal ?? code }));
  });
}

describe.each([22, 24])('Node %i', (major) => {
  test('a damaged cache never stops a start, and changes nothing of it', { timeout: 600_000 }, async () => {
    const node = await nodeOf(major);
    const whole = temporaryFolder();
    const first = await start(node, whole);
    expect(first.end).toBe(0);
    expect(first.said).toContain('whoami');
    expect(filesIn(join(whole, 'toado-mcp')).length).toBeGreaterThan(0);
    for (const [name, damage] of DAMAGES) {
      for (let round = 0; round < EACH; round++) {
        const folder = temporaryFolder();
        cpSync(whole, folder, { recursive: true });
        for (const path of filesIn(join(folder, 'toado-mcp')))
          writeFileSync(path, damage(readFileSync(path)));
        expect(await start(node, folder), `${name}, ${round}`).toEqual(first);
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });
});
