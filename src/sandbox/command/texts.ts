/** What the sandbox's commands print for people. */
import { columns, terminalWidth } from '../../base/terminal.ts';
import type { ActivityEntry } from '../queries/activity.ts';
import type { TokenEntry } from '../queries/token-list.ts';
import type { CompanyLimits } from '../rules/company-limits.ts';
import type { SeedToken } from '../seed/world/world.ts';
import { printable } from './printable.ts';

export function readyText(tokens: SeedToken[]): string {
  return table([
    ['NAME', 'FOR', 'SCOPES', 'LIMITED TO', 'TOKEN'],
    ...tokens.map(({ name, useCase, scopes, companies, projects, token }) => [
      name,
      useCase,
      scopes.join(', '),
      limitedTo(companies, projects),
      token,
    ]),
  ]);
}

export function createdText({ id, label, user, scopes }: TokenEntry, token: string): string {
  return [
    `${token}\n\n`,
    `Shown only now: save it. It is ${printable(label)} (${id}) of ${printable(user.name)}: ${scopes.join(', ')}.\n`,
    'While `toado-mcp sandbox` runs on this file, its page /try shows how to give it to a client.\n',
  ].join('');
}

/** One row a token; on a terminal that is too narrow for it, what belongs together stands in one cell. */
export function listText(entries: TokenEntry[]): string {
  const rows = [
    ['ID', 'LABEL', 'OWNER', 'SCOPES', 'LIMITED TO', 'LAST USED', 'STATE'],
    ...entries.map((entry) => [
      entry.id,
      entry.label,
      entry.user.name,
      entry.scopes.join(', '),
      limitedTo(entry.companies, entry.projects),
      entry.last_used_at ?? 'never',
      stateText(entry),
    ]),
  ];
  const width = terminalWidth();
  const whole = table(rows, Number.POSITIVE_INFINITY);
  if (width === undefined || whole.split('\n').every(({ length }) => length <= width)) return whole;
  const narrow = rows.map(([id, label, owner, scopes, limits, used, state]) =>
    [
      [id, label, owner],
      [scopes, limits],
      [state, `used: ${used}`],
    ].map((cell) =>
      cell
        .filter(Boolean)
        .map((line) => printable(line!))
        .join('\n'),
    ),
  );
  return `${columns([['TOKEN', 'MAY', 'STATE'], ...narrow.slice(1)])}\n`;
}

export function activityText(entries: ActivityEntry[]): string {
  if (entries.length === 0) return 'This token wrote nothing yet.\n';
  return table([
    ['WHEN', 'WHAT', 'TICKET', 'TITLE', 'WHO'],
    ...entries.map(({ by, action, ticket_id, ticket_title }) => [
      by.at,
      action,
      ticket_id ?? '',
      ticket_title ?? '',
      `${by.user.name} (${by.token?.label ?? ''}) · via ${by.via.toUpperCase()}`,
    ]),
  ]);
}

export function limitsText(limits: CompanyLimits[]): string {
  return `${columns([
    ['COMPANY', 'NAME', 'READS A MINUTE', 'WRITES A MINUTE'],
    ...limits.map(({ company_id, name, reads_per_minute, writes_per_minute }) => [
      company_id,
      printable(name),
      String(reads_per_minute),
      String(writes_per_minute),
    ]),
  ])}\n`;
}

function stateText({ state, revoked_at, expires_at }: TokenEntry): string {
  if (state === 'revoked' || state === 'withdrawn') return `${state} ${revoked_at ?? ''}`.trim();
  if (state === 'powerless') return 'no reach: its owner is a viewer';
  return expires_at === null ? state : `${state === 'expired' ? 'expired' : 'expires'} ${expires_at}`;
}

export function revokedText({ label, id, state }: TokenEntry, user: string): string {
  const token = `${printable(label)} (${id})`;
  return state === 'revoked'
    ? `Revoked: ${token}.\n`
    : `${token} no longer reaches the companies that ${user} runs. Without --user it is revoked whole.\n`;
}

function limitedTo(companies?: string[] | null, projects?: string[] | null): string {
  return (projects ?? companies)?.join(', ') ?? '';
}

function table(rows: string[][], width = terminalWidth()): string {
  return `${columns(
    rows.map((row) => row.map(printable)),
    width,
  )}\n`;
}
