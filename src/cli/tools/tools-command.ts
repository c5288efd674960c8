/** `toado-mcp tools`: what there is, what a token gets of it, and what a token would need. */

import { decideAccess } from '../../access/access.ts';
import { thereIsNo } from '../../base/nearest.ts';
import { columns, type Format, fitting, print, printHint, printJson } from '../../base/output.ts';
import { SCOPES, type Scope, scopeOf, smallestScopes, withInclusions } from '../../base/scopes.ts';
import { catalogue } from '../../catalogue/index.ts';
import { createSession } from '../../session/session.ts';
import { loadNarrowing } from '../../settings/settings.ts';
import { UsageError } from '../../settings/settings-error.ts';
import { openTarget, settingsInput, type TargetOptions } from '../target/target.ts';
import { toolCells, toolRows, toolsMarkdown } from './tool-table.ts';

export interface ToolsOptions extends TargetOptions {
  /** Of a token that one doesn't have yet. */
  scopes?: string | undefined;
  /** Tools that a token is looked for. */
  tools?: string | undefined;
  format: Format;
}

export async function toolsCommand(options: ToolsOptions): Promise<void> {
  if (options.scopes !== undefined && options.tools !== undefined)
    throw new UsageError('--scopes and --for ask two different questions: give one of them.');
  if (options.tools !== undefined) return printScopesFor(readToolNames(options.tools), options.format);
  const { narrowing, hasToken } = loadNarrowing(settingsInput(options.flags));
  if (options.scopes !== undefined)
    return printTable(options.format, readScopeNames(options.scopes), narrowing);
  if (options.sandbox === undefined && !hasToken) {
    await printTable(options.format);
    await printHint('No token is set: --scopes read,comments or --sandbox shows what one would get.');
    return;
  }
  await printTableOfToken(options);
}

type Narrowing = Parameters<typeof decideAccess>[2];

async function printTable(format: Format, scopes?: readonly Scope[], narrowing?: Narrowing): Promise<void> {
  const access = scopes && narrowing && decideAccess(catalogue, scopes, narrowing);
  const rows = toolRows(access);
  if (format === 'json') return printJson({ scopes, tools: rows });
  if (format === 'markdown') return print(toolsMarkdown(rows));
  await print(columns(toolCells(rows)));
  if (scopes && access)
    await print(
      `\n${access.offered.length} of ${catalogue.length} offered; scopes: ${scopes.join(', ') || 'none'}.`,
    );
}

async function printTableOfToken(options: ToolsOptions): Promise<void> {
  const { settings, close } = await openTarget(options);
  const session = createSession(settings, () => {});
  try {
    const state = await session.grant.refresh();
    if (state.state === 'granted') return await printTable(options.format, state.scopes, settings.narrowing);
    await printTable(options.format);
    const problem = state.state === 'asking' ? undefined : state.failure;
    await printHint(
      session.redactor.redact(`What this token gets is not known. ${problem?.sentence} ${problem?.next}`),
    );
    process.exitCode = 1;
  } finally {
    await session.close();
    await close?.();
  }
}

async function printScopesFor(tools: readonly string[], format: Format): Promise<void> {
  const needed = tools.flatMap((name) => catalogue.find((tool) => tool.name === name)?.scope ?? []);
  const scopes = smallestScopes(needed);
  const all = new Set(scopes.flatMap(withInclusions));
  const expanded = SCOPES.filter((scope) => all.has(scope));
  const { offered } = decideAccess(catalogue, expanded, { readOnly: false, exclude: [] });
  const also = offered.filter((name) => !tools.includes(name));
  if (format === 'json') return printJson({ tools, scopes, expanded, also });
  const included = expanded.filter((scope) => !scopes.includes(scope));
  const set = scopes.length > 0 ? scopes.join(', ') : 'any token';
  await print(
    fitting(
      [
        `Smallest set of scopes for ${tools.join(', ')}: ${set}${included.length > 0 ? ` (includes ${included.join(', ')})` : ''}.`,
        also.length > 0
          ? `It also brings ${also.length} more: ${also.join(', ')}.\nTo keep it to these: --tools ${tools.join(',')}`
          : '',
      ]
        .filter(Boolean)
        .join('\n'),
    ),
  );
}

function readScopeNames(text: string): Scope[] {
  const names = split(text);
  if (names.length === 0) throw new UsageError(`--scopes names no scope. There are: ${SCOPES.join(', ')}.`);
  const scopes = names.map((name) => {
    const scope = scopeOf(name);
    if (scope) return scope;
    throw new UsageError(`--scopes: ${thereIsNo('scope', name, SCOPES)} There are: ${SCOPES.join(', ')}.`);
  });
  const all = new Set(scopes.flatMap(withInclusions));
  return SCOPES.filter((scope) => all.has(scope));
}

function readToolNames(text: string): string[] {
  const known = catalogue.map(({ name }) => name);
  const names = split(text);
  if (names.length === 0) throw new UsageError('--for names no tool.');
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new UsageError(`--for: ${thereIsNo('tool', name, known)} \`toado-mcp tools\` lists them.`);
  }
  return names;
}

function split(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
