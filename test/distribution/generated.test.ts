import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { everything, LAUNCH } from '../../scripts/docs.ts';
import { mcpbManifest, serverJson } from '../../scripts/manifests.ts';
import { userAgent, version } from '../../src/base/version.ts';
import { partsOf } from '../../src/cli/config/client.ts';
import { entryFor } from '../../src/cli/config/client-entry.ts';
import { clients } from '../../src/cli/config/clients/index.ts';
import { SHARED_LAUNCH } from '../../src/cli/config/launch.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const json = (path: string) => JSON.parse(text(path));

describe('what is generated is as `npm run docs` writes it', () => {
  for (const { url, before, after } of everything()) {
    test(url.pathname.slice(root.pathname.length), () => {
      expect(before).toBe(after);
    });
  }
});

describe('what README says to paste is what `config` prints', () => {
  const printed = [LAUNCH, SHARED_LAUNCH].flatMap((launch) =>
    clients.flatMap((client) => partsOf(client, entryFor({ launch }), 'linux')),
  );
  const blocks = [...text('README.md').matchAll(/```(json|toml)\n([\s\S]*?)\n```/g)];
  test('there are such blocks', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });
  for (const [, language, block] of blocks) {
    const meaning = (of: string) => (language === 'json' ? JSON.parse(of) : of);
    test(block!.split('\n')[0]!, () => {
      const same = printed.filter((part) => part.language === language).map((part) => meaning(part.text));
      expect(same).toContainEqual(meaning(block!));
    });
  }
});

test('every `npm run` that a document names is there', () => {
  const named = everything()
    .filter(({ url }) => url.pathname.endsWith('.md'))
    .flatMap(({ after }) => [...after.matchAll(/npm run ([a-z]+(?:[:-][a-z]+)*)/g)].map(([, name]) => name!));
  expect(named.length).toBeGreaterThan(0);
  expect([...new Set(named)].filter((name) => !(name in manifest.scripts))).toEqual([]);
});

describe('versions agree everywhere', () => {
  test('package, lock file, program, user agent', () => {
    expect(lock.version).toBe(manifest.version);
    expect(lock.packages[''].version).toBe(manifest.version);
    expect(version).toBe(manifest.version);
    expect(userAgent).toBe(`toado-mcp/${manifest.version}`);
  });

  test('server.json, its package, the plugin, the marketplace, the bundle', () => {
    const server = json('server.json');
    expect([
      server.version,
      server.packages[0].version,
      json('plugin/.claude-plugin/plugin.json').version,
      json('.claude-plugin/marketplace.json').plugins[0].version,
      mcpbManifest().version,
    ]).toEqual(Array(5).fill(manifest.version));
  });

  test('nothing runs a package that is not published', () => {
    // But for the page on publishing it.
    for (const { url, after } of everything())
      if (!url.pathname.endsWith('/releasing.md'))
        expect(after).not.toMatch(/npx (-y )?toado-mcp|"npx"[^}]*toado-mcp@/);
  });

  test('the changelog knows it', () => {
    expect(text('CHANGELOG.md')).toContain(`\n## [${manifest.version}]`);
  });
});

describe('the registry’s rules for server.json', () => {
  const { name, description, title } = serverJson();
  test('its name is a namespace and a name, the same as package.json’s mcpName', () => {
    expect(name).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);
    expect(manifest.mcpName).toBe(name);
  });
  test('its texts are short enough', () => {
    expect(description.length).toBeLessThanOrEqual(100);
    expect(title.length).toBeLessThanOrEqual(100);
  });
});

describe('the plugin', () => {
  test('its skill has a name and a description, and names only tools that there are', () => {
    const skill = text('plugin/skills/toado-triage/SKILL.md');
    expect(skill).toMatch(/^---\nname: toado-triage\ndescription: .{20,1024}\n---\n/);
    const named = [...skill.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, word]) => word!);
    const tools = mcpbManifest().tools.map(({ name }) => name);
    const other = ['column_id', 'outcome_unknown', 'not_sent', 'rate_limited'];
    expect(named.filter((word) => !tools.includes(word) && !other.includes(word))).toEqual([]);
  });
});

describe('the container', () => {
  const dockerfile = text('Dockerfile');
  test('starts what the package’s bin starts, as nobody', () => {
    expect(dockerfile).toMatch(/^FROM \S+:nonroot(@sha256:\S+)?$/m);
    expect(dockerfile).toContain(`"/app/${manifest.bin['toado-mcp']}"]`);
    for (const [, path] of dockerfile.matchAll(/--from=build \/app\/(\S+)/g))
      expect(['package.json', 'node_modules', 'dist']).toContain(path);
  });
});

test('README and CONTRIBUTING name the two floors that package.json has', () => {
  expect(manifest.engines.node).toBe('>=20.18.1');
  expect(manifest.devEngines.runtime).toMatchObject({ version: '^20.19.0 || >=22.12.0', onFail: 'error' });
  expect(text('README.md')).toContain('Node 20.19, 22.12 or later');
  for (const name of ['README.md', 'CONTRIBUTING.md'])
    expect(text(name)).toMatch(/runs on (Node )?20\.18\.1/);
});
