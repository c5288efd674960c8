import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { installPacked, type Packed } from '../support/packed.ts';

/** `npm run packed` does the same on Node 22 and 24. */
describe(`the npm package, installed into an empty folder, on Node ${process.versions.node}`, () => {
  let packed: Packed;
  beforeAll(async () => {
    packed = await installPacked();
  }, 180_000);
  afterAll(() => packed?.remove());

  test('holds what is needed and nothing else', () => {
    const besides = packed.files.filter((path) => !path.startsWith('dist/') && !path.startsWith('docs/'));
    const allowed = [
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'SECURITY.md',
      'CONTRIBUTING.md',
      'mcp.example.json',
    ];
    expect(besides.filter((path) => !allowed.includes(path))).toEqual([]);
    expect(besides).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
    expect(packed.files).toContain('dist/main.js');
    expect(packed.files.filter((path) => /((?<!\.d)\.ts|\.(map|test\.js|env|db))$/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(6_000_000);
  });

  test('the links of its documents lead somewhere', () => {
    const documents = packed.files.filter((path) => /^(README|docs\/.*)\.md$/.test(path));
    expect(documents).toContain('README.md');
    const dead = documents.flatMap((path) =>
      [...packed.read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, link]) => join(dirname(path), link!))
        .filter(
          (link) =>
            !packed.files.includes(link) &&
            !packed.files.some((one) => one.startsWith(`${link.replace(/\/$/, '')}/`)),
        )
        .map((link) => `${path}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  test('it installs without a warning', () => {
    expect(packed.said).not.toMatch(/warn|deprecated/i);
  });

  test('its bin says its version', async () => {
    expect((await packed.run(['--version'])).stdout).toBe(`${manifest.version}\n`);
  });

  test('its sandbox starts, and doctor finds nothing wrong with it', async () => {
    const { stdout } = await packed.run(['doctor', '--sandbox', '--json']);
    const { ok, checks } = JSON.parse(stdout) as {
      ok: boolean;
      checks: { name: string; details?: object }[];
    };
    expect(ok).toBe(true);
    expect(checks.find(({ name }) => name === 'handshake')?.details).toMatchObject({
      serverVersion: manifest.version,
    });
  });

  test('config prints the place where it is installed', async () => {
    const { stdout } = await packed.run(['config', 'claude-code', '--sandbox']);
    expect(stdout).toMatch(/toado-mcp-packed-\w+\/node_modules\/toado-mcp\/dist\/main\.js --sandbox/);
  });
});
