/**
 * Whether what a scenario names is there when it begins: a slip in an id would else fail every agent, one in a tool's
 * name none.
 */
import { didYouMean } from '../../base/nearest.ts';
import { catalogue } from '../../catalogue/index.ts';
import { meetsRoute, type World } from '../../sandbox/index.ts';
import { type Scenario, type SingleCheck, singleChecks } from './schema.ts';
import { worldOf } from './world.ts';

/** @returns in sentences, what it names and isn't there. */
export function missingReferences(scenario: Scenario, fresh: World): string[] {
  let world: World;
  try {
    world = worldOf(scenario, fresh, 'tok_any');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return [
    ...new Set([
      ...twice(scenario, world),
      ...ofState(scenario, world),
      ...ofChecks(scenario, world),
      ...ofTools(scenario),
    ]),
  ];
}

/** Ids that are there already, or given twice. */
function twice({ state = {} }: Scenario, world: World): string[] {
  const of = (where: string, added: readonly { id: string }[] = [], all: readonly { id: string }[]) =>
    added
      .filter(({ id }) => all.filter((one) => one.id === id).length > 1)
      .map(({ id }) => `${where}: there is a ${id} already.`);
  const columns = (state.projects ?? []).flatMap(({ id, columns }) => {
    const names = columns.map((name) => name.toLowerCase());
    return new Set(names).size < names.length ? [`state.projects: ${id} has two columns of one name.`] : [];
  });
  return [
    ...of('state.users', state.users, world.users),
    ...of('state.projects', state.projects, world.projects),
    ...of('state.tickets', state.tickets, world.tickets),
    ...columns,
  ];
}

function ofTools({ must, score = [], solution, wrong = [] }: Scenario): string[] {
  const known = catalogue.map(({ name }) => name);
  const called = singleChecks([...must, ...score]).flatMap((check) =>
    'called' in check ? check.called : [],
  );
  const scripts = [...(solution ? [solution] : []), ...wrong];
  return [...called, ...scripts.flatMap(({ calls }) => calls.map(({ tool }) => tool))]
    .filter((name) => !known.includes(name))
    .map((name) => `There is no tool ${name}.${didYouMean(name, known)}`);
}

function ofState({ token, faults = [], state = {} }: Scenario, world: World): string[] {
  const users = new Set(world.users.map(({ id }) => id));
  const user = (where: string, id: string | undefined) =>
    id === undefined || users.has(id) ? [] : [`${where}: there is no user ${id}.`];
  const authorOf = (by: string | { user: string }) => (typeof by === 'string' ? by : by.user);
  const none = (where: string, what: string, ids: readonly string[] = [], all: readonly { id: string }[]) =>
    ids.flatMap((id) => (all.some((one) => one.id === id) ? [] : [`${where}: there is no ${what} ${id}.`]));
  return [
    ...user('token', token.user),
    ...none('token', 'company', token.companies, world.companies),
    ...none('token', 'project', token.projects, world.projects),
    ...none('state.limits', 'company', Object.keys(state.limits ?? {}), world.companies),
    ...(state.users ?? []).flatMap(({ id, roles }) =>
      none(`state.users: ${id}`, 'company', Object.keys(roles), world.companies),
    ),
    ...(state.projects ?? []).flatMap(({ id, company, members = [] }) => [
      ...none(`state.projects: ${id}`, 'company', [company], world.companies),
      ...members.flatMap((one) => user(`state.projects: ${id}`, one)),
    ]),
    ...(state.comments ?? []).flatMap(({ by }) => user('state.comments', authorOf(by))),
    ...(state.tickets ?? []).flatMap(({ id, by, assignees = [], comments = [] }) => [
      ...[authorOf(by), ...assignees, ...comments.map((one) => authorOf(one.by))].flatMap((one) =>
        user(`state.tickets: ${id}`, one),
      ),
    ]),
    ...faults.flatMap(({ on, from: _from, times: _times, ...does }) =>
      Object.keys(does).length > 0 ? [] : [`faults: nothing happens to ${on}.`],
    ),
    ...faults.flatMap(({ on }) => (meetsRoute(on) ? [] : [`faults: no request of the API is ${on}.`])),
  ];
}

function ofChecks({ must, score = [], may_change: may = [] }: Scenario, world: World): string[] {
  const tickets = new Map(world.tickets.map((ticket) => [ticket.id, ticket]));
  const users = new Set(world.users.map(({ id }) => id));
  const columnsOf = (project: string) =>
    world.projects.find(({ id }) => id === project)?.columns.map(({ name }) => name.toLowerCase()) ?? [];
  const named = (id: string, columns: readonly string[] = []) => {
    const ticket = tickets.get(id);
    if (!ticket) return [`There is no ticket ${id}.`];
    const its = columnsOf(ticket.project);
    return columns
      .filter((column) => !its.includes(column.toLowerCase()))
      .map((column) => `The project of ${id} has no column ${column}.`);
  };
  const of = (check: SingleCheck): string[] => {
    if ('ticket' in check)
      return [
        ...named(check.ticket, check.is.column === undefined ? [] : [check.is.column]),
        ...(check.is.assignees ?? []).flatMap((id) => (users.has(id) ? [] : [`There is no user ${id}.`])),
      ];
    if ('moved' in check) return named(check.moved, check.through);
    if ('comment_on' in check) return named(check.comment_on);
    if ('read_before_writing' in check)
      return check.read_before_writing === 'any' ? [] : named(check.read_before_writing);
    if ('created_in' in check && columnsOf(check.created_in).length === 0)
      return [`There is no project ${check.created_in}.`];
    return [];
  };
  return [...singleChecks([...must, ...score]).flatMap(of), ...may.flatMap(({ ticket }) => named(ticket))];
}
