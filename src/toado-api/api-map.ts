/**
 * Corrections of the route table and of field names that a person gives in a file (`--api-map`), for a Toado that
 * differs from this project's reading of it. It changes how a call is written and what an answer's fields are called;
 * never the host, never which tool needs which scope, and a read stays a read.
 */
import { didYouMean } from '../base/nearest.ts';
import type { FieldNames } from './reading.ts';
import { placesIn, ROUTE_NAMES, type Route, type RouteName, type RouteTable, routes } from './routes.ts';
import { schemasByName } from './schemas/index.ts';

export interface RouteCorrection {
  method?: Route['method'];
  path?: string;
  /** Our argument → its name in the query, or in the body. */
  query?: Record<string, string>;
  body?: Record<string, string>;
  /** Fixed values that go along with every call. */
  add?: { query?: Record<string, unknown>; body?: Record<string, unknown> };
  /** The name of an envelope around the body. */
  wrap?: string;
}

export interface ApiMap {
  routes: Partial<Record<RouteName, RouteCorrection>>;
  fields: FieldNames;
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const ROUTE_KEYS = ['method', 'path', 'query', 'body', 'add', 'wrap'] as const;
const TOP_KEYS = ['$schema', 'routes', 'fields'] as const;

/** What is wrong with a map: one line that names the place. */
export class ApiMapError extends Error {
  override readonly name = 'ApiMapError';
}

/** What a POST that changes nothing is called. */
const A_SEARCH = /\/(_?search|query|find|filter|lookup|list)(?=\/|$)/i;

type Data = Record<string, unknown>;

/** @throws ApiMapError */
export function readApiMap(json: unknown): ApiMap {
  const top = object(json, 'the map');
  known(Object.keys(top), TOP_KEYS, 'the map has no');
  const map: ApiMap = { routes: {}, fields: {} };
  for (const [name, given] of Object.entries(object(top.routes ?? {}, 'routes'))) {
    known([name], ROUTE_NAMES, 'there is no route');
    map.routes[name as RouteName] = correction(name as RouteName, object(given, `routes.${name}`));
  }
  for (const [schema, given] of Object.entries(object(top.fields ?? {}, 'fields'))) {
    known([schema], Object.keys(schemasByName), 'fields: there is no schema');
    const names = object(given, `fields.${schema}`);
    known(Object.keys(names), Object.keys(schemasByName[schema]!.fields), `fields.${schema} has no field`);
    if (Object.keys(names).some((field) => isFixed(schema, field)))
      throw new ApiMapError(
        'fields.token_info.scopes can’t be corrected: what the token may do is read nowhere else.',
      );
    for (const [field, source] of Object.entries(names))
      if (typeof source !== 'string' || !/^[^.\s]+(\.[^.\s]+)*$/.test(source))
        throw new ApiMapError(`fields.${schema}.${field} must be a name, or names with dots between.`);
    map.fields[schema] = names as Record<string, string>;
  }
  return map;
}

/** What no map decides: what the token may do. */
export function isFixed(schema: string, field: string): boolean {
  return schema === 'token_info' && field === 'scopes';
}

function correction(name: RouteName, given: Data): RouteCorrection {
  const at = `routes.${name}`;
  known(Object.keys(given), ROUTE_KEYS, `${at} has no`);
  const route: Route = routes[name];
  const { method, path, wrap } = given;
  if (method !== undefined) checkMethod(at, name, route, method);
  if (path !== undefined) checkPath(at, route, path);
  if (route.isRead && method === 'POST' && !A_SEARCH.test(String(path ?? route.path)))
    throw new ApiMapError(`${at}: a read that is a POST has a path that says so: /tickets/search, /query …`);
  for (const place of ['query', 'body'] as const) {
    const names = object(given[place] ?? {}, `${at}.${place}`);
    known(Object.keys(names), argumentsOf(route), `${at}.${place}: the route has no argument`);
    for (const [argument, theirs] of Object.entries(names))
      if (typeof theirs !== 'string' || !/^[\w.[\]-]{1,100}$/.test(theirs))
        throw new ApiMapError(`${at}.${place}.${argument} must be the argument’s name there.`);
  }
  const add = object(given.add ?? {}, `${at}.add`);
  known(Object.keys(add), ['query', 'body'], `${at}.add has no`);
  for (const place of ['query', 'body'] as const) {
    const values = Object.entries(object(add[place] ?? {}, `${at}.add.${place}`));
    for (const [key, value] of values)
      if (place === 'query' && typeof value === 'object')
        throw new ApiMapError(`${at}.add.query.${key} must be a text, a number, true or false.`);
  }
  if (wrap !== undefined && (typeof wrap !== 'string' || !/^\w{1,100}$/.test(wrap)))
    throw new ApiMapError(`${at}.wrap must be a name.`);
  const made = given as RouteCorrection;
  corrected(name, made);
  return made;
}

function checkMethod(at: string, name: RouteName, route: Route, method: unknown): void {
  if (!(METHODS as readonly unknown[]).includes(method))
    throw new ApiMapError(`${at}.method must be one of ${METHODS.join(', ')}.`);
  if (route.isRead && method !== 'GET' && !(name === 'searchTickets' && method === 'POST'))
    throw new ApiMapError(`${at}.method: a read stays a GET${name === 'searchTickets' ? ' or a POST' : ''}.`);
  if (!route.isRead && method === 'GET') throw new ApiMapError(`${at}.method: a write can’t be a GET.`);
}

function checkPath(at: string, route: Route, path: unknown): void {
  if (typeof path !== 'string' || !/^\/(?!\/)/.test(path))
    throw new ApiMapError(`${at}.path must begin with one /.`);
  const wrong = ['..', '//', '?', '#', '\\', '%'].find((one) => path.includes(one));
  if (wrong) throw new ApiMapError(`${at}.path must not hold ${wrong}`);
  if (/[\s\u0000-\u001f]/.test(path)) throw new ApiMapError(`${at}.path must not hold white space.`);
  if (path.split('/').includes('.')) throw new ApiMapError(`${at}.path must not hold a segment of a dot.`);
  known(placesIn(path), argumentsOf(route), `${at}.path: the route has no argument`);
  if (/[{}]/.test(path.replace(/\{\w+\}/g, '')))
    throw new ApiMapError(`${at}.path has a brace that names no argument.`);
}

/** Every argument that the route takes, wherever it stands. */
function argumentsOf({ path, query = [], body = [] }: Route): string[] {
  return [...placesIn(path), ...query, ...body];
}

/** The route with its correction: every argument has one place, and none is lost. */
function corrected(name: RouteName, { method, path, query, body, add, wrap }: RouteCorrection): Route {
  const route: Route = routes[name];
  const now = { method: method ?? route.method, path: (path ?? route.path) as Route['path'] };
  const inPath = placesIn(now.path);
  const inQuery: string[] = [];
  const inBody: string[] = [];
  const names: Record<string, string> = {};
  for (const argument of argumentsOf(route)) {
    if (inPath.includes(argument)) continue;
    const inItsQuery = query?.[argument];
    const inItsBody = body?.[argument];
    if (inItsQuery !== undefined && inItsBody !== undefined)
      throw new ApiMapError(`routes.${name}: ${argument} stands in both query and body.`);
    if (inItsBody !== undefined) inBody.push(argument);
    else if (inItsQuery !== undefined) inQuery.push(argument);
    else if (route.body?.includes(argument)) inBody.push(argument);
    else if (route.query?.includes(argument)) (now.method === 'GET' ? inQuery : inBody).push(argument);
    else throw new ApiMapError(`routes.${name}: ${argument} has no place: name it in path, query or body.`);
    const theirs = inItsQuery ?? inItsBody;
    if (theirs !== undefined) names[argument] = theirs;
  }
  if (now.method === 'GET' && (inBody.length > 0 || add?.body !== undefined || wrap !== undefined))
    throw new ApiMapError(`routes.${name}: a GET has no body.`);
  return { ...route, ...now, query: inQuery, body: inBody, names, add, wrap };
}

/** The route table with the map's corrections. */
export function mappedRoutes(map: ApiMap): RouteTable {
  const made = Object.entries(map.routes).map(([name, one]) => [name, corrected(name as RouteName, one)]);
  return { ...routes, ...Object.fromEntries(made) };
}

/** What it changes, one line a change, for people. */
export function changesOf(map: ApiMap): string[] {
  const table = mappedRoutes(map);
  return [
    ...Object.keys(map.routes).map((name) => {
      const { method, path } = table[name as RouteName];
      const { query, body, add, wrap } = map.routes[name as RouteName]!;
      const more = [
        ...Object.entries({ ...query, ...body }).map(([ours, theirs]) => `${ours} as ${theirs}`),
        ...Object.keys({ ...add?.query, ...add?.body }).map((one) => `with ${one}`),
        ...(wrap ? [`inside of ${wrap}`] : []),
      ];
      return `${name}: ${method} ${path}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
    }),
    ...Object.entries(map.fields).map(
      ([schema, names]) =>
        `${schema}: ${Object.entries(names)
          .map(([field, source]) => `${field} from ${source}`)
          .join(', ')}`,
    ),
  ];
}

function object(value: unknown, what: string): Data {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiMapError(`${what} must be an object.`);
  return value as Data;
}

function known(names: readonly string[], all: readonly string[], sentence: string): void {
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new ApiMapError(`${sentence} ${JSON.stringify(name.slice(0, 60))}.${didYouMean(name, all)}`);
  }
}
