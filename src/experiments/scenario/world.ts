/** A scenario's starting state: a fresh sandbox's world, its own token in place of the public ones, and what it adds. */
import { createHash } from 'node:crypto';
import type { SeedToken, World } from '../../sandbox/index.ts';
import type { Scenario, SeedTicketInput, State } from './schema.ts';
import { TOKEN_ID } from './token-id.ts';

type SeedTicket = World['tickets'][number];
type SeedCapture = NonNullable<SeedTicket['capture']>;
type SeedComment = NonNullable<SeedTicket['comments']>[number];
type SeedAuthor = SeedTicket['by'];

const DAY_MINUTES = 24 * 60;

/** @throws Error where it names something that isn't there. */
export function worldOf(scenario: Scenario, fresh: World, token: string): World {
  const { state = {} } = scenario;
  const taken = new Set(fresh.projects.flatMap(({ columns }) => columns.map(({ id }) => id)));
  const world: World = {
    users: [...fresh.users, ...(state.users ?? []).map(({ id, name, email }) => ({ id, name, email }))],
    companies: fresh.companies.map((company) => ({
      ...company,
      ...(state.limits?.[company.id] && { limits: state.limits[company.id] }),
      members: [...company.members, ...newMembers(state, company.id)],
    })),
    projects: [...fresh.projects, ...(state.projects ?? []).map((one) => projectOf(one, taken))],
    tokens: [tokenOf(scenario, token)],
    earlierTokens: fresh.earlierTokens,
    tickets: fresh.tickets,
  };
  const added = (state.tickets ?? []).map((ticket) => ticketOf(ticket, world));
  const extra = state.comments ?? [];
  for (const { ticket } of extra)
    if (!fresh.tickets.some(({ id }) => id === ticket))
      throw new Error(`state.comments: there is no ticket ${ticket}.`);
  world.tickets = [...withComments(fresh.tickets, extra), ...added];
  return world;
}

function withComments(tickets: SeedTicket[], extra: NonNullable<State['comments']>): SeedTicket[] {
  return tickets.map((ticket) => {
    const more = extra.filter((one) => one.ticket === ticket.id).map(commentOf);
    return more.length === 0 ? ticket : { ...ticket, comments: [...(ticket.comments ?? []), ...more] };
  });
}

function tokenOf({ token, name }: Scenario, text: string): SeedToken {
  return {
    id: TOKEN_ID,
    name: 'experiment',
    useCase: `The experiment ${name}`,
    token: text,
    label: token.label ?? 'agent under test',
    user: token.user ?? 'usr_jason',
    scopes: token.scopes,
    ...(token.companies && { companies: token.companies }),
    ...(token.projects && { projects: token.projects }),
  };
}

function newMembers({ users = [] }: State, company: string) {
  return users.flatMap(({ id, roles }) => {
    const role = roles[company];
    return role ? [{ user: id, role }] : [];
  });
}

function projectOf(
  { id, company, name, columns, members }: NonNullable<State['projects']>[number],
  taken: Set<string>,
) {
  const short = id.replace(/^proj_/, '');
  return {
    id,
    company,
    name,
    urlPatterns: [],
    columns: columns.map((column) => ({
      id: freeId(`col_${short}_${column.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`, taken),
      name: column,
    })),
    ...(members && { members }),
  };
}

/** Names in other letters, or with other signs between the same words, come to the same id. */
function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}_${number}`;
  taken.add(id);
  return id;
}

function ticketOf(ticket: SeedTicketInput, world: World): SeedTicket {
  const project = world.projects.find(({ id }) => id === ticket.project);
  if (!project)
    throw new Error(`state.tickets: ${ticket.id} is in the project ${ticket.project}, which isn't there.`);
  const column = ticket.column
    ? project.columns.find(({ name }) => name.toLowerCase() === ticket.column!.toLowerCase())
    : project.columns[0];
  if (!column) throw new Error(`state.tickets: ${project.name} has no column ${ticket.column}.`);
  const minutesAgo = (ticket.hours_ago ?? 48) * 60;
  const oldest = Math.max(minutesAgo, ...(ticket.comments ?? []).map(({ hours_ago }) => hours_ago * 60 + 1));
  return {
    id: ticket.id,
    project: project.id,
    column: column.id,
    title: ticket.title,
    description: ticket.description ?? '',
    by: authorOf(ticket.by),
    minutesAgo: oldest,
    ...(ticket.assignees && { assignees: ticket.assignees }),
    ...(ticket.branch && { branch: ticket.branch }),
    ...(ticket.resolved && { resolved: true }),
    ...(ticket.draft && { draft: true }),
    ...(ticket.archived && { archivedMinutesAgo: Math.min(oldest / 2, DAY_MINUTES) }),
    ...(ticket.comments && { comments: ticket.comments.map(commentOf) }),
    ...(ticket.capture && { capture: captureOf(ticket.capture), sourceUrl: ticket.capture.url }),
  };
}

function commentOf({ by, hours_ago, body }: NonNullable<SeedTicketInput['comments']>[number]): SeedComment {
  return { by: authorOf(by), minutesAgo: hours_ago * 60, body };
}

function authorOf(by: SeedTicketInput['by']): SeedAuthor {
  if (typeof by === 'string') return { user: by, via: 'web' };
  if (by.token === undefined) return { user: by.user, via: 'web' };
  const id = createHash('sha256').update(by.token).digest('hex').slice(0, 10);
  return { user: by.user, token: { id: `tkn_earlier_${id}`, label: by.token }, via: 'mcp' };
}

function captureOf(capture: NonNullable<SeedTicketInput['capture']>): SeedCapture {
  const { console = [], network = [], errors = [] } = capture;
  return {
    url: capture.url,
    pageTitle: capture.page_title ?? 'Untitled',
    browser: 'Chrome 141 on macOS',
    viewport: { width: 1440, height: 900 },
    pageLoadState: 'complete',
    extensionVersion: '2.7.1',
    health: capture.health ?? [],
    annotations: [],
    devtools: (capturedAt) => {
      const at = (index: number, of: number) =>
        new Date(capturedAt.getTime() - (of - index) * 1_000).toISOString();
      return {
        console: console.map(({ level, text }, index) => ({
          level,
          args: [text],
          at: at(index, console.length),
        })),
        network: network.map(({ method, url, status, request_body, response_body }, index) => ({
          method: method ?? 'GET',
          url,
          status,
          request_headers: { accept: 'application/json' },
          response_headers: { 'content-type': 'application/json' },
          started_at: at(index, network.length),
          duration_ms: 80 + ((index * 37) % 200),
          response_size: (response_body ?? '').length,
          ...(request_body !== undefined && { request_body }),
          ...(response_body !== undefined && { response_body }),
        })),
        errors: errors.map(({ message, stack }, index) => ({
          kind: 'error' as const,
          message,
          at: at(index, errors.length),
          ...(stack !== undefined && { stack }),
        })),
        performance: { navigation: { load_event_ms: 840 }, long_tasks: [] },
      };
    },
  };
}
