/** Writes src/catalogue/tools.generated.ts: what tools/ says of itself, as data. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CatalogueEntry } from '../src/catalogue/entry.ts';
import { jsonSchema } from '../src/tool-kit/definition/json-schema.ts';
import { tools } from '../tools/index.ts';

const CATALOGUE_FILE = fileURLToPath(new URL('../src/catalogue/tools.generated.ts', import.meta.url));

const HEAD = `/**
 * Every tool as data, sorted by name, so that a start lists them without loading their code.
 * Generated from tools/ by \`npm run build\` (build/catalogue.ts): change the tool, not this file.
 */
import type { CatalogueEntry } from './entry.ts';
`;

export function catalogueEntries(): CatalogueEntry[] {
  return tools.map(({ name, title, scope, effect, description, asFile, parser, output }) => ({
    name,
    title,
    ...(scope && { scope }),
    effect,
    description,
    ...(asFile && { asFile }),
    inputSchema: jsonSchema(parser, 'input'),
    outputSchema: jsonSchema(output, 'output'),
  }));
}

/** Writes the file where it says something else. */
export function writeCatalogue(): void {
  const entries = JSON.stringify(catalogueEntries(), null, 2);
  const text = formatted(`${HEAD}\nexport const catalogue: readonly CatalogueEntry[] = ${entries};\n`);
  if (text !== current()) writeFileSync(CATALOGUE_FILE, text);
}

function current(): string | undefined {
  try {
    return readFileSync(CATALOGUE_FILE, 'utf8');
  } catch {
    return undefined;
  }
}

function formatted(text: string): string {
  const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path', CATALOGUE_FILE], {
    input: text,
    encoding: 'utf8',
  });
}
