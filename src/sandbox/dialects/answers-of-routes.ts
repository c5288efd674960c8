/** What each route answers: by that a dialect knows what to write in another form. A route that isn't here goes out as it is. */

/** What a route answers, by its method and path below the base. */
const ANSWERS: readonly [
  method: string,
  path: RegExp,
  kind: 'list' | 'page' | 'single' | 'write',
  name: string,
][] = [
  ['GET', /^\/auth\/token-info$/, 'single', 'token'],
  ['GET', /^\/companies$/, 'list', 'companies'],
  ['GET', /^\/projects$/, 'list', 'projects'],
  ['GET', /^\/projects\/[^/]+\/columns$/, 'list', 'columns'],
  ['GET', /^\/projects\/[^/]+\/members$/, 'list', 'members'],
  ['GET', /^\/projects\/[^/]+\/tickets$/, 'page', 'tickets'],
  ['GET', /^\/tickets\/search$/, 'page', 'tickets'],
  ['GET', /^\/tickets\/[^/]+\/comments$/, 'page', 'comments'],
  ['GET', /^\/tickets\/[^/]+\/annotations$/, 'list', 'annotations'],
  ['GET', /^\/tickets\/[^/]+\/assets\/[^/]+$/, 'single', 'asset'],
  ['GET', /^\/tickets\/[^/]+$/, 'single', 'ticket'],
  ['POST', /^\/tickets\/[^/]+\/comments$/, 'write', 'comment'],
  ['POST', /^\/tickets\/(bulk-|start-work)/, 'single', 'result'],
  [
    'POST',
    /^\/(projects\/[^/]+\/tickets|tickets\/[^/]+\/(move|archive|restore|assignees))$/,
    'write',
    'ticket',
  ],
  ['PATCH', /^\/tickets\/[^/]+$/, 'write', 'ticket'],
  ['DELETE', /^\/tickets\/[^/]+\/assignees\/[^/]+$/, 'write', 'ticket'],
];

/** @param path below the API's base. */
export function answerOf(method: string, path: string) {
  return ANSWERS.find(([of, pattern]) => of === (method === 'HEAD' ? 'GET' : method) && pattern.test(path));
}
