import { Command, InvalidArgumentError, Option } from 'commander';
import { openInBrowser } from '../../base/open-in-browser.ts';
import { columns, fitting, terminalWidth } from '../../base/terminal.ts';
import { requirePerson } from '../auth/person.ts';
import { ownerOf } from '../auth/token-row.ts';
import { defaultDatabaseFile } from '../db/data-folder.ts';
import type { Database } from '../db/database.ts';
import { inMemory } from '../db/file.ts';
import { storageTrouble } from '../db/trouble.ts';
import { DIALECTS, startSandbox } from '../index.ts';
import { ApiError, SandboxError } from '../model/errors.ts';
import type { Guide } from '../model/guide.ts';
import type { ActivityEntry } from '../queries/activity.ts';
import { type CompanyLimits, limitsInput, limitsOf, setLimits } from '../rules/company-limits.ts';
import { createTokenFor } from '../rules/create-token.ts';
import { parseInput } from '../rules/input.ts';
import { revokeToken } from '../rules/revoke-token.ts';
import { listTokens, type TokenEntry, tokenActivity } from '../rules/token-list.ts';
import { openFile } from '../seed/open-file.ts';
import type { SeedToken } from '../seed/world.ts';
import { printable } from './printable.ts';

/** T-O-A-D on a telephone's keys. */
const DEFAULT_PORT = 8623;

const asWhom = "as whom you ask (default: the sandbox's first owner)";

interface ServeOptions {
  port: number;
  host: string;
  db?: string;
  reset?: boolean;
  fresh?: boolean;
  open?: boolean;
  dialect?: string;
}

interface TokenOptions {
  db?: string;
  user?: string;
  json?: boolean;
}

interface CreateOptions extends TokenOptions {
  label: string;
  scopes: string[];
  company?: string[];
  project?: string[];
  expires?: string;
}

/** `toado-mcp sandbox`: serves a local Toado, and manages its tokens. */
export function sandboxCommand(guide?: Guide): Command {
  const command = new Command('sandbox')
    .description('serve a complete local Toado: REST API, example data, ready-made tokens; no account needed')
    .option('--port <number>', 'where to listen', port, DEFAULT_PORT)
    .option('--host <address>', 'which address to listen on', '127.0.0.1')
    .option('--db <file>', `the SQLite file (default: ${defaultDatabaseFile()})`)
    .option('--reset', 'throw away what the file holds and begin anew')
    .addOption(
      new Option('--fresh', 'a file of its own, which goes when it stops').conflicts(['db', 'reset']),
    )
    .option('--open', 'open the pages in the browser')
    .addOption(
      new Option('--dialect <name>', 'answer in another form, as the real Toado might').choices(
        Object.keys(DIALECTS),
      ),
    )
    .addHelpText('after', dialectsHelp)
    .action(orSayWhy((_, self) => serve(self.optsWithGlobals<ServeOptions>(), guide)));
  command
    .command('reset')
    .description('throw away what the file holds and begin anew')
    .option('--db <file>', 'the SQLite file of the sandbox')
    .action(
      orSayWhy(async (_, self) => {
        const { db } = await openFile({ ...self.optsWithGlobals<{ db?: string }>(), reset: true });
        process.stdout.write(`${printable(db.file)} is as new.\n`);
        db.close();
      }),
    );
  command.addCommand(tokensCommand());
  command.addCommand(limitsCommand());
  return command;
}

function limitsCommand(): Command {
  return withFile(new Command('limits'))
    .description('how many requests a minute each token may make, by company; owners set them')
    .argument('[company]', 'whose limits to show or set')
    .option('--reads <number>', 'reads a minute', perMinute)
    .option('--writes <number>', 'writes a minute', perMinute)
    .option('--user <id>', asWhom)
    .action(
      orSayWhy(([company], self) => {
        const options = self.optsWithGlobals<TokenOptions & { reads?: number; writes?: number }>();
        const { reads, writes } = options;
        const wanted = { reads_per_minute: reads, writes_per_minute: writes };
        const sets = (reads ?? writes) !== undefined;
        if (sets && company === undefined) {
          throw new SandboxError(
            'Whose limits? Name the company: toado-mcp sandbox limits <company> --reads …',
          );
        }
        return withDatabase(options, (db) => {
          const person = requirePerson(db, options.user);
          if (sets && company) setLimits(db, person, company, parseInput(limitsInput, wanted));
          const all = limitsOf(db, person);
          const limits = company === undefined ? all : all.filter(({ company_id }) => company_id === company);
          if (limits.length === 0)
            throw new SandboxError(`${person.user.name} is in no company with this id.`);
          print(options, limits, () => limitsText(limits));
        });
      }),
    );
}

function tokensCommand(): Command {
  const tokens = new Command('tokens').description('manage the tokens of a sandbox, running or not');

  withFile(tokens.command('create'))
    .description('make a token; its text is printed once')
    .requiredOption('--label <text>', 'shows up on everything that the token writes')
    .requiredOption('--scopes <list>', 'read, comments, tickets:write, tickets:assign; with commas', list)
    .option('--company <ids>', 'limit it to these companies', list)
    .option('--project <ids>', 'limit it to these projects', list)
    .option('--user <id>', "whose it is (default: the sandbox's first owner)")
    .option('--expires <time>', 'when it ends, as 2030-01-31T00:00:00Z (default: never)')
    .action(
      orSayWhy((_, self) => {
        const options = self.optsWithGlobals<CreateOptions>();
        return withDatabase(options, (db) => {
          const { token, entry } = createTokenFor(db, {
            label: options.label,
            scopes: options.scopes,
            companies: options.company,
            projects: options.project,
            user_id: options.user,
            expires_at: options.expires,
          });
          print(options, { ...entry, token }, () => createdText(entry, token));
        });
      }),
    );

  withFile(tokens.command('list'))
    .description('your tokens and those that reach into the companies that you run, the newest first')
    .option('--user <id>', asWhom)
    .action(
      orSayWhy((_, self) => {
        const options = self.optsWithGlobals<TokenOptions>();
        return withDatabase(options, (db) => {
          const entries = listTokens(db, requirePerson(db, options.user));
          print(options, entries, () => listText(entries));
        });
      }),
    );

  withFile(tokens.command('revoke'))
    .description(
      'take a token’s power away from its next request on: your own whole, others’ in the companies that you run',
    )
    .option('--user <id>', 'as whom you ask (default: the token’s owner)')
    .argument('<id>', 'as `tokens list` shows it (tkn_…)')
    .action(
      orSayWhy(([id], self) => {
        const options = self.optsWithGlobals<TokenOptions>();
        return withDatabase(options, (db) => {
          const person = requirePerson(db, options.user ?? ownerOf(db, id!));
          const entry = revokeToken(db, person, id!);
          print(options, entry, () => revokedText(entry, printable(person.user.name)));
        });
      }),
    );

  withFile(tokens.command('activity'))
    .description('what a token wrote, the newest first')
    .argument('<id>', 'as `tokens list` shows it (tkn_…)')
    .option('--limit <number>', 'how many rows', count, 50)
    .option('--user <id>', asWhom)
    .action(
      orSayWhy(([id], self) => {
        const options = self.optsWithGlobals<TokenOptions & { limit: number }>();
        return withDatabase(options, (db) => {
          const { items } = tokenActivity(db, requirePerson(db, options.user), id!, { limit: options.limit });
          print(options, items, () => activityText(items));
        });
      }),
    );

  return tokens;
}

function dialectsHelp(): string {
  const rows = Object.entries(DIALECTS).map(([name, { about }]) => [`  ${name}`, about]);
  return `\nDialects:\n${columns(rows)}`;
}

async function serve(
  { port, host, db, reset, fresh, open, dialect }: ServeOptions,
  guide: Guide | undefined,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  const sandbox = await startSandbox({
    port,
    host,
    db,
    reset,
    fresh,
    guide,
    ...(dialect === undefined ? {} : { dialect }),
  });
  const [first] = sandbox.readyTokens;
  process.stdout.write(
    [
      fitting(`\nA local Toado. Open it in a browser to make tokens and watch agents work: ${sandbox.url}`),
      `\nREST API: ${sandbox.apiUrl}\nData:     ${whereOf(sandbox.db, fresh)}\n`,
      fitting('\nReady-made tokens. They are public on purpose: they open nothing but a sandbox.\n\n'),
      readyText(sandbox.readyTokens),
      first
        ? fitting(`\nServe one of them to an agent: ${sandbox.url}/try shows how, for each client.\n`)
        : '',
      `\nStop with Ctrl+C${isKept(sandbox.db, fresh) ? '; the data stay. `--reset` begins anew' : ''}.\n`,
    ].join(''),
  );
  if (open) await openInBrowser(sandbox.url);
  await stopped;
  await sandbox.close();
}

function isKept(db: string, fresh = false): boolean {
  return db !== inMemory && !fresh;
}

function whereOf(db: string, fresh?: boolean): string {
  const place = db === inMemory ? 'in memory' : printable(db);
  return isKept(db, fresh) ? place : `${place}, gone when it stops`;
}

/** Runs a command; a refusal becomes one line on stderr and exit code 1. */
function orSayWhy(
  run: (args: string[], self: Command) => void | Promise<void>,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const self = args.at(-1) as Command;
    try {
      await run(self.args, self);
    } catch (error) {
      const refusal =
        error instanceof SandboxError || error instanceof ApiError ? error : storageTrouble(error);
      if (!refusal) throw error;
      process.stderr.write(`toado-mcp sandbox: ${printable(refusal.message)}\n`);
      process.exitCode = 1;
    }
  };
}

function withFile(command: Command): Command {
  return command
    .option('--db <file>', 'the SQLite file of the sandbox')
    .option('--json', 'print JSON instead of text');
}

async function withDatabase({ db: file }: TokenOptions, use: (db: Database) => void): Promise<void> {
  const { db } = await openFile({ db: file });
  try {
    use(db);
  } finally {
    db.close();
  }
}

function print({ json }: TokenOptions, value: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text());
}

function readyText(tokens: SeedToken[]): string {
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

function createdText({ id, label, user, scopes }: TokenEntry, token: string): string {
  return [
    `${token}\n\n`,
    `Shown only now: save it. It is ${printable(label)} (${id}) of ${printable(user.name)}: ${scopes.join(', ')}.\n`,
    `While \`toado-mcp sandbox\` runs, http://127.0.0.1:${DEFAULT_PORT}/try shows how to give it to a client.\n`,
  ].join('');
}

/** One row a token; on a terminal that is too narrow for it, what belongs together stands in one cell. */
function listText(entries: TokenEntry[]): string {
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

function activityText(entries: ActivityEntry[]): string {
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

function limitsText(limits: CompanyLimits[]): string {
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

function revokedText({ label, id, state }: TokenEntry, user: string): string {
  const token = `${printable(label)} (${id})`;
  return state === 'revoked'
    ? `Revoked: ${token}.\n`
    : `${token} no longer reaches the companies that ${user} runs. Without --user it is revoked whole.\n`;
}

function limitedTo(companies?: string[] | null, projects?: string[] | null): string {
  return (projects ?? companies)?.join(', ') ?? '';
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

function port(value: string): number {
  return wholeNumber(value, 0, 65_535);
}

function perMinute(value: string): number {
  return wholeNumber(value, 1, 100_000);
}

function count(value: string): number {
  return wholeNumber(value, 1, 100);
}

function wholeNumber(value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
}

function table(rows: string[][], width = terminalWidth()): string {
  return `${columns(
    rows.map((row) => row.map(printable)),
    width,
  )}\n`;
}
