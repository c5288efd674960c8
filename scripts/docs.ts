/**
 * `npm run docs`: writes every generated part of the documents, between `<!-- begin:NAME -->` and `<!-- end:NAME -->`,
 * and the manifests.
 * A test fails where a document differs from what this would write (`--check` does the same here).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from '../src/base/output.ts';
import { partsOf } from '../src/cli/config/client.ts';
import { entryFor } from '../src/cli/config/client-entry.ts';
import { clients } from '../src/cli/config/clients/index.ts';
import { SANDBOX_FLAGS } from '../src/cli/program/settings-as-flags.ts';
import { scopesMarkdown, toolRows, toolsMarkdown } from '../src/cli/tools/tool-table.ts';
import { GROUPS, VARIABLES, type Variable } from '../src/settings/variables.ts';
import { files, manifestText } from './manifests.ts';

const root = new URL('../', import.meta.url);

/** Where this program is, for a document: everybody's own `config` knows better. */
export const LAUNCH = { command: 'node', args: ['/path/to/toado-mcp/dist/main.js'] };

const parts: Record<string, () => string> = {
  scopes: scopesMarkdown,
  tools: () => toolsMarkdown(toolRows()),
  settings,
  transcripts,
  clients: () => clients.map(({ name }) => `## ${client(name)}`).join('\n\n'),
};

/** Made by other commands, that measure or take pictures: left as they are. */
const ELSEWHERE = ['pictures', 'probe:envelope', 'probe:numbers'];

/** The summary of what `npm run transcripts -- --write` measured last. */
function transcripts(): string {
  const page = readFileSync(new URL('docs/transcripts.md', root), 'utf8');
  const [, table, once] = /(\| workflow \|[\s\S]*?)\n\n(Once a session[^\n]*)/.exec(page)!;
  return `What an agent reads for one workflow, in tokens, printed by \`npm run transcripts\` ([call by call](docs/transcripts.md)):\n\n${table}\n\n${once}`;
}

function settings(): string {
  return GROUPS.map((group) => {
    const rows = (VARIABLES as readonly Variable[])
      .filter((one) => one.group === group)
      .map(({ name, flag, value, meaning }) => [
        `\`${name}\``,
        flag ? `\`${flag}${value ? ` ${value}` : ''}\`` : '',
        meaning,
      ]);
    const more =
      group === 'Connection' ? SANDBOX_FLAGS.map(({ flag, meaning }) => ['', `\`${flag}\``, meaning]) : [];
    return `### ${group}\n\n${markdownTable([['variable', 'flag', 'what it does'], ...rows, ...more])}`;
  }).join('\n\n');
}

function client(name: string): string {
  const one = clients.find((known) => known.name === name)!;
  const { title, source, checked, token, check } = one;
  const block = (sandbox?: true) =>
    // As most shells take it, on whatever system this runs.
    partsOf(one, entryFor({ launch: LAUNCH, sandbox }), 'linux')
      .map(({ says, language, text }) => `${says}:\n\n\`\`\`${language}\n${text}\n\`\`\``)
      .join('\n\nOr: ');
  return [
    title,
    block(),
    token,
    `<details><summary>The sandbox in ${title}: no token, no account</summary>\n\n${block(true)}\n\n</details>`,
    `To see that it works: ${check}. With the right paths: \`toado-mcp config ${name}\`. After [its documentation](${source}) as of ${checked}.`,
  ].join('\n\n');
}

/** @returns the document with its generated parts as they have to be. */
function generated(text: string, where: string): string {
  return text.replace(
    /(<!-- begin:([\w:-]+) -->\n)([\s\S]*?)(<!-- end:([\w:-]+) -->)/g,
    (whole, begin: string, name: string, _old: string, end: string, closing: string) => {
      if (name !== closing) throw new Error(`${where}: begin:${name} is closed by end:${closing}`);
      if (ELSEWHERE.includes(name)) return whole;
      const part = parts[name];
      if (!part) throw new Error(`${where}: there is no generated part ${name}`);
      return `${begin}\n${part()}\n\n${end}`;
    },
  );
}

export interface Generated {
  url: URL;
  /** As it is; undefined where it isn't there. */
  before: string | undefined;
  /** As it has to be. */
  after: string;
}

/** Every file that is generated, as a whole or in part. */
export function everything(): Generated[] {
  const inPart = documents().map((url) => {
    const before = readFileSync(url, 'utf8');
    return { url, before, after: generated(before, url.pathname) };
  });
  const whole = Object.keys(files).map((path) => {
    const url = new URL(path, root);
    return {
      url,
      before: existsSync(url) ? readFileSync(url, 'utf8') : undefined,
      after: manifestText(path),
    };
  });
  return [...inPart, ...whole];
}

function documents(): URL[] {
  const inFolder = (folder: string) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith('.md'))
      .map((name) => new URL(folder + name, root));
  return [...inFolder('./'), ...inFolder('docs/')];
}

if (import.meta.filename === process.argv[1]) {
  const isCheck = process.argv.includes('--check');
  for (const { url, before, after } of everything()) {
    if (before === after) continue;
    console.log(`${isCheck ? 'differs' : 'written'}: ${url.pathname}`);
    if (isCheck) process.exitCode = 1;
    else {
      mkdirSync(new URL('.//', url), { recursive: true });
      writeFileSync(url, after);
    }
  }
}
