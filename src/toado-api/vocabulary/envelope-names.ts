/** Names of the parts of an answer around its rows: envelopes, lists, what they say of themselves. */

export const WRAPPERS = ['data', 'result', 'payload', 'response', 'body', 'content', '_embedded'];
export const LISTS = [
  ...['items', 'data', 'results', 'records', 'rows', 'nodes', 'entries', 'values', 'list'],
  ...['content', 'value', 'elements', 'docs', 'documents', 'objects', 'resources', 'collection', 'hits'],
];
/** What holds a row's own fields, beside its id. */
export const FOLDERS = [
  ...['attributes', 'fields', 'properties', 'resource', 'record', 'doc', 'document', 'item', 'node'],
];
/** What an envelope says of itself. */
export const ENVELOPE = new Set([
  ...['object', 'type', 'kind', 'apiVersion', '@odata.context', '@odata.count', 'correlation_id', 'ok'],
  ...['success', 'error', 'errors', 'status', 'code', 'message', 'request_id', 'requestId', 'jsonapi'],
  ...['meta', 'links', '_links', 'state'],
]);
/** What an envelope says of itself in lists. */
export const NO_ROWS = new Set([
  ...ENVELOPE,
  'warnings',
  'messages',
  'included',
  'notices',
  'hints',
  'schemas',
]);
/** Lists of other things: they stand for a route's rows only where it calls them so itself. */
export const OTHER_THINGS = new Set([
  ...['companies', 'projects', 'columns', 'tickets', 'members', 'users', 'people', 'teams', 'comments'],
  ...['annotations', 'attachments', 'assignees', 'mentions', 'tags', 'labels', 'contacts', 'incidents'],
]);
