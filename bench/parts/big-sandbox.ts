/** A sandbox with as many tickets as asked for on one board. Usage: tsx big-sandbox.ts <tickets> <file> */
import { startSandbox } from '../../src/sandbox/index.ts';
import { world } from '../../src/sandbox/seed/tickets/index.ts';

const [count, db] = process.argv.slice(2);
const SUBJECTS = ['Checkout', 'Login', 'Invoice', 'Map', 'Search', 'Profile', 'Export', 'Menu'];
const TROUBLES = ['is slow', 'shows nothing', 'loses its text', 'fails on Safari', 'is cut off', 'flickers'];
/** By ticket: one with very many comments, one with as many as a page has; the others have none. */
const COMMENTS = [2_000, 50];
const [project] = world.projects;
const tickets = Array.from({ length: Number(count) }, (_, n) => ({
  id: `t-${n.toString(36).padStart(6, '0')}`,
  project: project!.id,
  column: project!.columns[n % project!.columns.length]!.id,
  title: `${SUBJECTS[n % SUBJECTS.length]} ${TROUBLES[n % TROUBLES.length]} (${n})`,
  description: `Seen in build ${n % 97}. `.repeat(8),
  by: { user: 'usr_jason', via: 'web' as const },
  minutesAgo: 20_000 - (n % 20_000) + 1,
  comments: Array.from({ length: COMMENTS[n] ?? 0 }, (_, at) => ({
    by: { user: 'usr_jason', via: 'web' as const },
    minutesAgo: 1,
    body: `Comment ${at}: ${'what was tried and what came of it. '.repeat(20)}`,
  })),
}));
const limits = { reads: 1_000_000_000, writes: 1_000_000_000 };
const sandbox = await startSandbox({
  db: db!,
  world: { ...world, tickets, companies: world.companies.map((company) => ({ ...company, limits })) },
});
console.log(
  JSON.stringify({ apiUrl: sandbox.apiUrl, project: project!.id, column: project!.columns[0]!.id }),
);
process.stdin.resume().on('end', () => process.exit());
