/** What each error code means, the contract's and our own `refused`: a sentence and a next step; which codes of other APIs mean the same. */
import { Failure } from '../../base/failure.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { TOKENS_PAGE } from '../../base/tokens-page.ts';

export type SentenceAndNext = readonly [sentence: string, next: string];

/** What each code says is not there, and the tools that find it. */
const NOT_FOUND: Readonly<Record<string, readonly [what: string, finder: string]>> = {
  company_not_found: ['company', 'list_companies'],
  project_not_found: ['project', 'list_projects'],
  column_not_found: ['column in that project', 'list_columns'],
  ticket_not_found: ['ticket', 'search_tickets or list_tickets'],
  user_not_found: ['person who can see the project', 'list_members'],
  asset_not_found: [
    'picture',
    'get_ticket with include ["attachments"]; a ticket without a capture has no screenshot',
  ],
};

/** What isn't there, by a failure's code; undefined where it says something else. */
export function missingThing(code: string): string | undefined {
  return NOT_FOUND[code]?.[0];
}

function notFoundWords(): Record<string, SentenceAndNext> {
  const words = Object.entries(NOT_FOUND).map(([code, [what, finder]]): [string, SentenceAndNext] => [
    code,
    [`There is no such ${what}. Ids are case-sensitive.`, `Find the id with ${finder}.`],
  ]);
  return Object.fromEntries(words);
}

export const ERROR_WORDS: Readonly<Record<string, SentenceAndNext>> = {
  validation_error: ['Toado did not accept the arguments.', 'Correct them and call again.'],
  invalid_cursor: [
    'The cursor does not belong to this list, or its filters changed.',
    'Start over without a cursor, with the same other arguments on every page.',
  ],
  unauthorized: [
    'Toado does not accept the token: it was revoked, has expired, or was mistyped.',
    `A person has to make a new one under ${TOKENS_PAGE} and put it where the old one is.`,
  ],
  forbidden: [
    'The token may not touch this: it is limited to other companies or projects, or its owner’s role does not allow it (a Member edits only tickets they created).',
    'Call whoami to see what the token may do; a person can lift a restriction only with another token.',
  ],
  insufficient_scope: [
    'The token lacks the scope that this needs.',
    `A person can make a token with it under ${TOKENS_PAGE}. whoami lists what this one has.`,
  ],
  read_only_company: [
    'The company is read-only at the moment; nothing in it can be changed.',
    'A company owner has to lift that in Toado.',
  ],
  ...notFoundWords(),
  conflict: [
    'Toado refused the call because it clashes with what is there, or with an earlier call.',
    'Look at the ticket, then decide.',
  ],
  payload_too_large: [
    'The text is longer than Toado takes.',
    'Shorten it, or split it into several comments.',
  ],
  refused: ['Toado answered that it did not do this.', 'See what it says, then decide.'],
  internal_error: ['Toado failed inside.', 'Call again in a moment.'],
};

/** What other APIs call the same. */
const SAME_AS: Readonly<Record<string, readonly string[]>> = {
  validation_error: [
    ...['bad_request', 'invalid_request', 'invalid_argument', 'validation_failed', 'unprocessable_entity'],
    ...['bad_user_input', 'invalid_input', 'invalid_parameter', 'invalid_parameters', 'missing_parameter'],
    ...['parameter_missing', 'parameter_invalid', 'parameter_unknown', 'unprocessable_content'],
  ],
  unauthorized: [
    ...['unauthenticated', 'invalid_token', 'token_revoked', 'token_expired', 'expired_token'],
    ...['invalid_auth', 'not_authed', 'invalid_api_key', 'authentication_failed'],
    ...['authentication_required', 'not_authenticated'],
  ],
  forbidden: ['permission_denied', 'access_denied', 'not_authorized', 'restricted_resource', 'no_permission'],
  insufficient_scope: ['missing_scope', 'access_token_scope_insufficient', 'insufficient_permissions'],
  rate_limited: [
    ...['too_many_requests', 'rate_limit_exceeded', 'ratelimited', 'throttled', 'resource_exhausted'],
  ],
  internal_error: ['internal_server_error', 'server_error'],
  payload_too_large: ['request_entity_too_large', 'content_too_large'],
  user_not_found: ['member_not_found'],
  conflict: ['already_exists', 'duplicate', 'version_mismatch', 'precondition_failed'],
};
const SAME = new Map(Object.entries(SAME_AS).flatMap(([code, names]) => names.map((name) => [name, code])));

/** Says that something isn't there, and not what. */
const NOT_THERE =
  /^(not_found|gone|deleted|does_not_exist|(resource|object|entity|record|page)_(not_found|missing))$/;

/** Stands for the status of a refusal that says neither a status nor a code that we know. */
export const NO_STATUS = 0;

const CODES: Readonly<Record<number, string>> = {
  [NO_STATUS]: 'refused',
  400: 'validation_error',
  401: 'unauthorized',
  403: 'forbidden',
  409: 'conflict',
  412: 'conflict',
  413: 'payload_too_large',
  422: 'validation_error',
  429: 'rate_limited',
};

/** The contract's code for one in whatever spelling; undefined where it has none like it. */
export function contractCode(given: string): string | undefined {
  const snake = snakeCase(given);
  const code = SAME.get(snake) ?? snake;
  return Object.hasOwn(ERROR_WORDS, code) || code === 'rate_limited' ? code : undefined;
}

/** Whether a code says no more than that something isn't there. */
export function isNotFoundCode(given: string): boolean {
  return NOT_THERE.test(snakeCase(given));
}

/** @param path of the route: what isn't found is what it leads to. */
export function codeOfStatus(status: number, path: string): string {
  if (status >= 500) return 'internal_error';
  if (status === 404 || status === 410) {
    if (path.includes('/assets/')) return 'asset_not_found';
    if (path.includes('{ticket_id}')) return 'ticket_not_found';
    if (path.includes('{project_id}')) return 'project_not_found';
  }
  return CODES[status] ?? 'bad_answer';
}

const NO_ROUTE: readonly (number | undefined)[] = [404, 405, 501];

/** Whether a request failed because this Toado has no such route, as far as its answer tells. */
export function isRouteMissing(error: unknown): error is Failure {
  return error instanceof Failure && error.code === 'bad_answer' && NO_ROUTE.includes(error.details.status);
}
