/**
 * Corrections of the route table and of field names that a person gives in a file (`--api-map`), for a Toado that
 * differs from this project's reading of it. It changes how a call is written and what an answer's fields are called;
 * never the host, never which tool needs which scope, and a read stays a read.
 */
import type { JsonObject } from '../../base/json-object.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { FieldNames } from '../schema-kit/reading.ts';
import { schemasByName } from '../schemas/index.ts';
import { placesIn, ROUTE_NAMES, type Route, type RouteName, type RouteTable, routes } from './routes.ts';

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
export const A_SEARCH = '/(_?search|query|find|filter|lookup|list)(/|$)';
/** What such a path never says. */
export const A_WRITE =
  '[/_-](bulk|move|archive|restore|(un)?assign|delete|destroy|remove|create|update|edit|close|start)([/_-]|$)';
/** By such a field some servers take one method for another. */
export const A_METHOD = '^[_$]?(http[_-]?)?method([_-]?override)?$|^x-(http-)?method';

/** Segments of plain characters and arguments in braces; none that names another folder, and nothing encoded. */
export const A_PATH =
  "^(?=.{1,500}$)(?!.*\\.\\.)(?!.*/\\.(/|$))(/([A-Za-z0-9._~!$&'()*+,;=:@-]|\\{\\w+\\})+)+/?$";
/** The name of an argument, a field or an envelope there. */
export const A_NAME = '^(?!__proto__$)[\\w.[\\]$-]{1,100}$';
export const A_WRAP = '^(?!__proto__$)\\w{1,100}$';
export const A_SOURCE = '^(?!.{201})[^.\\s]+(\\.[^.\\s]+)*$';
/** What the token may do is read under its own name: no other field may take it away. */
export const A_GRANT = '^(token_?)?(scopes?|permissions)(\\.|$)';

const is = (pattern: string, value: unknown, flags = 'u'): value is string =>
  typeof value === 'string' && new RegExp(pattern, flags).test(value);

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
    for (const [field, source] of Object.entries(names)) {
      if (!is(A_SOURCE, source))
        throw new ApiMapError(`fields.${schema}.${field} must be a name, or names with dots between.`);
      if (schema === 'token_info' && is(A_GRANT, source, 'i'))
        throw new ApiMapError(
          `fields.token_info.${field} can’t be read from the scopes: what the token may do is read there alone.`,
        );
    }
    map.fields[schema] = names as Record<string, string>;
  }
  return map;
}

/** What no map decides: what the token may do. */
export function isFixed(schema: string, field: string): boolean {
  return schema === 'token_info' && field === 'scopes';
}

function correction(name: RouteName, given: JsonObject): RouteCorrection {
  const at = `routes.${name}`;
  known(Object.keys(given), ROUTE_KEYS, `${at} has no`);
  const route: Route = routes[name];
  const { method, path, wrap } = given;
  if (method !== undefined) checkMethod(at, name, route, method);
  if (path !== undefined) checkPath(at, route, path);
  const target = String(path ?? route.path);
  if (route.isRead && method === 'POST' && (!is(A_SEARCH, target, 'i') || is(A_WRITE, target, 'i')))
    throw new ApiMapError(
      `${at}: a read that is a POST has a path that says so, like /tickets/search, and says nothing of a write.`,
    );
  for (const place of ['query', 'body'] as const) {
    const names = object(given[place] ?? {}, `${at}.${place}`);
    known(Object.keys(names), argumentsOf(route), `${at}.${place}: the route has no argument`);
    for (const [argument, theirs] of Object.entries(names))
      checkName(`${at}.${place}.${argument}`, route, argument, theirs);
  }
  const add = object(given.add ?? {}, `${at}.add`);
  known(Object.keys(add), ['query', 'body'], `${at}.add has no`);
  for (const place of ['query', 'body'] as const)
    checkFixed(`${at}.add.${place}`, route, place, object(add[place] ?? {}, `${at}.add.${place}`));
  if (wrap !== undefined && !is(A_WRAP, wrap)) throw new ApiMapError(`${at}.wrap must be a name.`);
  const made = given as RouteCorrection;
  corrected(name, made);
  return made;
}

function checkName(at: string, route: Route, argument: string, theirs: unknown): void {
  if (!is(A_NAME, theirs)) throw new ApiMapError(`${at} must be the argument’s name there.`);
  if (theirs !== argument && argumentsOf(route).includes(theirs))
    throw new ApiMapError(`${at} is ${theirs}, which is an argument of its own.`);
}

/** Fixed values go along with the arguments; they stand for none of them. */
function checkFixed(at: string, route: Route, place: 'query' | 'body', values: JsonObject): void {
  if (Object.keys(values).length > MAX_FIXED)
    throw new ApiMapError(`${at} has more than ${MAX_FIXED} values.`);
  for (const [name, value] of Object.entries(values)) {
    const which = `${at}.${JSON.stringify(name.slice(0, 60)).slice(1, -1)}`;
    if (place === 'query' && !['string', 'number', 'boolean'].includes(typeof value))
      throw new ApiMapError(`${which} must be a text, a number, true or false.`);
    if (name === '__proto__') throw new ApiMapError(`${which} is no name.`);
    if (argumentsOf(route).includes(name))
      throw new ApiMapError(`${which} is an argument of the route, so it can’t be fixed.`);
    if (route.isRead && is(A_METHOD, name, 'i'))
      throw new ApiMapError(`${which} would make another method of a read.`);
  }
  if (isTooDeep(values)) throw new ApiMapError(`${at} is nested too deep.`);
}

/** More than any call needs. */
export const MAX_FIXED = 100;
/** Deeper than any call's body. */
const MAX_DEPTH = 20;

function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
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
  if (path.split('/').includes('.')) throw new ApiMapError(`${at}.path must not hold a segment of a dot.`);
  known(placesIn(path), argumentsOf(route), `${at}.path: the route has no argument`);
  if (/[{}]/.test(path.replace(/\{\w+\}/g, '')))
    throw new ApiMapError(`${at}.path has a brace that names no argument.`);
  if (!is(A_PATH, path))
    throw new ApiMapError(
      `${at}.path may hold letters, digits and - . _ ~ between its /, no white space, and 500 in all.`,
    );
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
  if (wrap !== undefined && inBody.length === 0 && add?.body === undefined)
    throw new ApiMapError(`routes.${name}.wrap: the call has no body; add.body gives it one.`);
  for (const [place, own] of [
    ['query', inQuery],
    ['body', inBody],
  ] as const) {
    const theirs = [...own.map((one) => names[one] ?? one), ...Object.keys(add?.[place] ?? {})];
    const twice = theirs.find((one, at) => theirs.indexOf(one) !== at);
    if (twice !== undefined)
      throw new ApiMapError(
        `routes.${name}: two things are called ${JSON.stringify(twice)} in the ${place}.`,
      );
  }
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

function object(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiMapError(`${what} must be an object.`);
  return value as JsonObject;
}

function known(names: readonly string[], all: readonly string[], sentence: string): void {
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new ApiMapError(`${sentence} ${JSON.stringify(name.slice(0, 60))}.${didYouMean(name, all)}`);
  }
}
