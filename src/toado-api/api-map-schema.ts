/** The JSON Schema of a map (`--api-map`), made from the route table and the schemas, so that editors complete it. */
import { isFixed, METHODS } from './api-map.ts';
import { placesIn, ROUTE_NAMES, type Route, routes } from './routes.ts';
import { schemasByName } from './schemas/index.ts';

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
                    { type: 'string', description: `What this Toado calls ${field}; dots lead inside` },
                  ]),
              ),
            ),
          ]),
        ),
      ),
    }),
  };
}

function routeSchema(name: string, { method, path, isRead, query = [], body = [] }: Route): Schema {
  const names = [...placesIn(path), ...query, ...body];
  const renamed = (where: string) =>
    only(
      Object.fromEntries(
        names.map((one) => [one, { type: 'string', description: `${one} in the ${where}` }]),
      ),
    );
  const methods = isRead
    ? name === 'searchTickets'
      ? ['GET', 'POST']
      : ['GET']
    : METHODS.filter((one) => one !== 'GET');
  return only(
    {
      method: { enum: methods, default: method },
      path: {
        type: 'string',
        pattern: '^/(?!/)[^?#%\\\\\\s]*$',
        default: path,
        description: `Below the API’s address. ${names.length > 0 ? `Arguments: ${names.map((one) => `{${one}}`).join(' ')}` : 'No arguments'}`,
      },
      query: renamed('query'),
      body: renamed('body'),
      add: only(
        {
          query: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
          body: { type: 'object' },
        },
        { description: 'Fixed values that go along with every call' },
      ),
      wrap: { type: 'string', pattern: '^\\w+$', description: 'The name of an envelope around the body' },
    },
    { description: `${method} ${path}` },
  );
}
