/** The JSON Schema of a map (`--api-map`), made from the route table and the schemas, so that editors complete it. */

import { schemasByName } from '../schemas/index.ts';
import {
  A_GRANT,
  A_METHOD,
  A_NAME,
  A_PATH,
  A_SEARCH,
  A_SOURCE,
  A_WRAP,
  A_WRITE,
  isFixed,
  MAX_FIXED,
  METHODS,
} from './api-map.ts';
import { placesIn, ROUTE_NAMES, type Route, routes } from './routes.ts';

type Schema = Record<string, unknown>;

const only = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: 'object',
  ...more,
  properties,
  additionalProperties: false,
});

export function apiMapSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Corrections of routes and field names for toado-mcp (--api-map)',
    ...only({
      $schema: { type: 'string' },
      routes: only(Object.fromEntries(ROUTE_NAMES.map((name) => [name, routeSchema(name, routes[name])]))),
      fields: only(
        Object.fromEntries(
          Object.entries(schemasByName).map(([name, { fields }]) => [
            name,
            only(
              Object.fromEntries(
                Object.keys(fields)
                  .filter((field) => !isFixed(name, field))
                  .map((field) => [
                    field,
                    {
                      type: 'string',
                      pattern: A_SOURCE,
                      ...(name === 'token_info' ? { not: { pattern: inAnyCase(A_GRANT) } } : {}),
                      description: `What this Toado calls ${field}; dots lead inside`,
                    },
                  ]),
              ),
            ),
          ]),
        ),
      ),
    }),
  };
}

/** A JSON Schema's patterns have no flags: `[aA]` for each letter, but for what stands behind a backslash. */
function inAnyCase(pattern: string): string {
  return pattern.replace(/\\.|[a-z]/gi, (one) =>
    one.length > 1 || one.toLowerCase() === one.toUpperCase()
      ? one
      : `[${one.toLowerCase()}${one.toUpperCase()}]`,
  );
}

function routeSchema(name: string, { method, path, isRead, query = [], body = [] }: Route): Schema {
  const names = [...placesIn(path), ...query, ...body];
  const renamed = (where: string) =>
    only(
      Object.fromEntries(
        names.map((one) => [
          one,
          {
            type: 'string',
            pattern: A_NAME,
            not: { enum: ['__proto__', ...names.filter((other) => other !== one)] },
            description: `${one} in the ${where}`,
          },
        ]),
      ),
    );
  const fixed = (values: Schema): Schema => ({
    type: 'object',
    additionalProperties: values,
    maxProperties: MAX_FIXED,
    propertyNames: {
      not: {
        anyOf: [{ enum: ['__proto__', ...names] }, ...(isRead ? [{ pattern: inAnyCase(A_METHOD) }] : [])],
      },
    },
  });
  const isSearch = name === 'searchTickets';
  const methods = !isRead ? METHODS.filter((one) => one !== 'GET') : isSearch ? ['GET', 'POST'] : ['GET'];
  const arguments_ = names.length > 0 ? `\\{(${names.join('|')})\\}` : '(?!)';
  const noBody: Schema = {
    properties: {
      body: { maxProperties: 0 },
      add: { properties: { body: false } },
      wrap: false,
    },
  };
  /** Where a path that is named doesn't hold an argument, the query or the body has to. */
  const placed = placesIn(path).map((one) => ({
    anyOf: [
      { properties: { path: { pattern: `\\{${one}\\}` } } },
      ...['query', 'body'].map((place) => ({
        required: [place],
        properties: { [place]: { required: [one] } },
      })),
    ],
  }));
  const apart = names.map((one) => ({
    not: {
      required: ['query', 'body'],
      properties: { query: { required: [one] }, body: { required: [one] } },
    },
  }));
  const rules: Schema[] = [...placed, ...apart];
  if (isSearch)
    rules.push({
      if: { required: ['method'], properties: { method: { const: 'POST' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        properties: {
          path: { pattern: inAnyCase(A_SEARCH), not: { pattern: inAnyCase(A_WRITE) } },
        },
      },
      else: noBody,
    });
  else if (isRead) rules.push(noBody);
  else if (body.length === 0)
    // An envelope needs something to be around.
    rules.push({
      if: { required: ['wrap'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        anyOf: [
          { required: ['add'], properties: { add: { required: ['body'] } } },
          { required: ['body'], properties: { body: { minProperties: 1 } } },
        ],
      },
    });
  return only(
    {
      method: { enum: methods, default: method },
      path: {
        type: 'string',
        pattern: A_PATH.replace('\\{\\w+\\}', arguments_),
        default: path,
        description: `Below the API’s address. ${names.length > 0 ? `Arguments: ${names.map((one) => `{${one}}`).join(' ')}` : 'No arguments'}`,
      },
      query: renamed('query'),
      body: renamed('body'),
      add: only(
        {
          query: fixed({ type: ['string', 'number', 'boolean'] }),
          body: fixed({}),
        },
        { description: 'Fixed values that go along with every call' },
      ),
      wrap: { type: 'string', pattern: A_WRAP, description: 'The name of an envelope around the body' },
    },
    { description: `${method} ${path}`, ...(rules.length > 0 ? { allOf: rules } : {}) },
  );
}
