import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sizes } from '../../build/sizes.ts';
import manifest from '../../package.json' with { type: 'json' };

/** 5 % above what is measured. */
const MAX_START_BYTES = 227_000;
const { start, files } = sizes('dist');
const text = files.map((name) => readFileSync(`dist/${name}`, 'utf8')).join('\n');

test(`a plain start loads less than ${MAX_START_BYTES / 1000} kB`, () => {
  expect(text).toContain('"tools/list"');
  expect(start).toBeGreaterThan(MAX_START_BYTES * 0.8);
  expect(start).toBeLessThan(MAX_START_BYTES);
});

test('what a plain start has no use for is not among it', () => {
  // The validator, the locales, undici, the command line's parser, the sandbox and its database.
  for (const absent of [
    'is not a valid JSON Schema', // ajv
    'Ungültige Eingabe', // a locale of zod's
    'UND_ERR_',
    'outputHelp',
    'LoggingLevel', // the SDK's schemas
    'tok_sandbox_triage',
    'CREATE TABLE',
    '"libsql"',
    'ZodObject',
    'At least one of max, maxSize, or ttl', // lru-cache
  ])
    expect(text.includes(absent), absent).toBe(false);
});

test('only what cannot be bundled is installed with it', () => {
  const { dependencies, optionalDependencies, peerDependencies } = manifest as Record<string, unknown>;
  expect(Object.keys(dependencies!).sort()).toEqual(['libsql', 'sharp']);
  expect([optionalDependencies, peerDependencies]).toEqual([undefined, undefined]);
});
