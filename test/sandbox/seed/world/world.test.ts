import { describe, expect, test } from 'vitest';
import { world } from '../../../../src/sandbox/seed/tickets/index.ts';
import type { SeedAuthor, SeedTicket } from '../../../../src/sandbox/seed/world/world.ts';

const projectOf = (ticket: SeedTicket) => world.projects.find(({ id }) => id === ticket.project)!;
const columnOf = (ticket: SeedTicket) => projectOf(ticket).columns.find(({ id }) => id === ticket.column)!;
const twice = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);
const earlier = world.earlierTokens!;

/** Everybody in a company may see its projects, unless the project names its people. */
function whoSees(ticket: SeedTicket): string[] {
  const project = projectOf(ticket);
  const company = world.companies.find(({ id }) => id === project.company)!;
  return project.members ?? company.members.map(({ user }) => user);
}

function roleIn(ticket: SeedTicket, user: string): string | undefined {
  const company = world.companies.find(({ id }) => id === projectOf(ticket).company)!;
  return company.members.find((member) => member.user === user)?.role;
}

/** Each thing that somebody wrote, with when. */
const written = world.tickets.flatMap((ticket) => [
  { ticket, by: ticket.by, minutesAgo: ticket.minutesAgo },
  ...(ticket.comments ?? []).map(({ by, minutesAgo }) => ({ ticket, by, minutesAgo })),
]);

describe('what there is', () => {
  test('two companies, three projects, five columns each', () => {
    expect(world.companies.map(({ name }) => name)).toEqual(['Acme Studio', 'Globex']);
    expect(world.projects).toHaveLength(3);
    for (const { columns } of world.projects) {
      expect(columns.slice(1).map(({ name }) => name)).toEqual([
        'In Progress',
        'Response Required',
        'In Review',
        'Done',
      ]);
      expect(['To Do', 'Backlog']).toContain(columns[0]!.name);
    }
  });

  test('some fifty tickets: drafts, archived, resolved, assigned, on a branch, and some in every column', () => {
    const count = (what: (ticket: SeedTicket) => unknown) => world.tickets.filter(what).length;
    expect(world.tickets.length).toBeGreaterThanOrEqual(45);
    expect(world.tickets.length).toBeLessThanOrEqual(65);
    expect(count(({ draft }) => draft)).toBe(3);
    expect(count(({ archivedMinutesAgo }) => archivedMinutesAgo)).toBe(5);
    expect(count(({ resolved }) => resolved)).toBeGreaterThan(8);
    expect(count(({ assignees }) => assignees?.length)).toBeGreaterThan(12);
    expect(count(({ branch }) => branch)).toBeGreaterThan(10);
    expect(count(({ capture }) => capture)).toBeGreaterThanOrEqual(20);
    for (const { columns } of world.projects) {
      for (const { id } of columns) expect(count(({ column }) => column === id)).toBeGreaterThanOrEqual(2);
    }
  });

  test('people of every role, some in one company only, one with a name in another script', () => {
    for (const { members } of world.companies) {
      expect(new Set(members.map(({ role }) => role))).toEqual(
        new Set(['owner', 'admin', 'member', 'viewer']),
      );
      expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1);
    }
    const companiesOf = (user: string) =>
      world.companies.filter(({ members }) => members.some((m) => m.user === user)).length;
    expect(companiesOf('usr_jason')).toBe(2);
    expect(world.users.filter(({ id }) => companiesOf(id) === 1).length).toBeGreaterThan(3);
    expect(world.users.some(({ name }) => /\p{Script=Han}/u.test(name))).toBe(true);
    expect(world.companies[0]!.members[0]).toEqual({ user: 'usr_jason', role: 'owner' });
  });
});

describe('ids', () => {
  test('are well-formed and each is used once', () => {
    const ids = {
      'co_[a-z]+': world.companies.map(({ id }) => id),
      'proj_[a-z]+': world.projects.map(({ id }) => id),
      'col_[a-z_]+': world.projects.flatMap(({ columns }) => columns.map(({ id }) => id)),
      'usr_[a-z]+': world.users.map(({ id }) => id),
      'tkn_[a-z_]+': [...world.tokens, ...earlier].map(({ id }) => id),
      't-[A-Za-z0-9]{6}': world.tickets.map(({ id }) => id),
      'att_[a-z0-9]+': world.tickets.flatMap(({ attachments = [] }) => attachments.map(({ id }) => id)),
    };
    for (const [shape, all] of Object.entries(ids)) {
      expect(twice(all)).toEqual([]);
      for (const id of all) expect(id).toMatch(new RegExp(`^${shape}$`));
    }
  });

  test('two of them differ in case alone', () => {
    expect(twice(world.tickets.map(({ id }) => id.toLowerCase()))).toEqual(['t-ab3xyz']);
  });

  test('that texts mention exist', () => {
    const known = new Set(world.tickets.map(({ id }) => id));
    const texts = world.tickets.flatMap(({ description, comments = [] }) => [
      description,
      ...comments.map(({ body }) => body),
    ]);
    for (const [id] of texts.join('\n').matchAll(/\bt-[A-Za-z0-9]{6}\b/g)) expect(known).toContain(id);
  });
});

describe('references', () => {
  test('companies name users, projects name companies and their members', () => {
    const users = new Set(world.users.map(({ id }) => id));
    for (const { members } of world.companies) {
      for (const { user } of members) expect(users).toContain(user);
    }
    for (const { company, members = [] } of world.projects) {
      const inCompany = world.companies.find(({ id }) => id === company)!.members.map(({ user }) => user);
      for (const user of members) expect(inCompany).toContain(user);
    }
  });

  test('each ticket lies in a column of its project, its assignees can see it', () => {
    for (const ticket of world.tickets) {
      expect(columnOf(ticket), ticket.id).toBeDefined();
      for (const user of ticket.assignees ?? []) expect(whoSees(ticket), ticket.id).toContain(user);
    }
  });

  test('authors can see what they write on, and viewers write nothing', () => {
    for (const { ticket, by } of written) {
      expect(whoSees(ticket), `${ticket.id} ${by.user}`).toContain(by.user);
      expect(roleIn(ticket, by.user), ticket.id).not.toBe('viewer');
    }
  });

  test('what a token wrote, it wrote while it lived, under its own label and owner', () => {
    const alive = new Map([
      ...world.tokens.map(
        (t) => [t.id, { ...t, createdMinutesAgo: Infinity, revokedMinutesAgo: 0 }] as const,
      ),
      ...earlier.map((t) => [t.id, t] as const),
    ]);
    const byTokens = written.filter(
      (one): one is typeof one & { by: Required<SeedAuthor> } => one.by.token !== undefined,
    );
    expect(byTokens.length).toBeGreaterThan(25);
    for (const { ticket, by, minutesAgo } of byTokens) {
      const token = alive.get(by.token.id)!;
      expect({ label: by.token.label, user: by.user }).toEqual({ label: token.label, user: token.user });
      expect(by.via).not.toBe('web');
      expect(minutesAgo, `${ticket.id} ${token.label}`).toBeLessThanOrEqual(token.createdMinutesAgo);
      expect(minutesAgo, `${ticket.id} ${token.label}`).toBeGreaterThanOrEqual(token.revokedMinutesAgo);
    }
    for (const { by } of written.filter(({ by }) => !by.token)) expect(by.via).toBe('web');
  });
});

describe('the order of things', () => {
  test('comments come after their ticket, oldest first; archiving comes last', () => {
    for (const { id, minutesAgo, comments = [], archivedMinutesAgo } of world.tickets) {
      const times = [minutesAgo, ...comments.map((comment) => comment.minutesAgo), archivedMinutesAgo ?? 0];
      expect(times, id).toEqual([...times].sort((a, b) => b - a));
      for (const time of times) expect(Number.isInteger(time)).toBe(true);
    }
  });

  test('columns mean what Toado’s working rules say', () => {
    const said = (ticket: SeedTicket, what: RegExp) => ticket.comments?.some(({ body }) => what.test(body));
    for (const ticket of world.tickets.filter(({ archivedMinutesAgo }) => !archivedMinutesAgo)) {
      const column = columnOf(ticket).name;
      if (column === 'Response Required') expect(said(ticket, /\[BLOCKED\]/), ticket.id).toBe(true);
      if (column === 'In Review') expect(said(ticket, /^Fix in [0-9a-f]{7}: /), ticket.id).toBe(true);
      expect(ticket.resolved === true, ticket.id).toBe(column === 'Done');
    }
  });
});
