/**
 * Turns an answer that isn't a success into a failure: the contract's code, a sentence of our own and a next step.
 * The API's own message is kept apart (`said`), because it may repeat what somebody wrote.
 */
import { Failure, type Outcome } from '../base/failure.ts';
import type { HttpAnswer } from './http.ts';
import { rateLimited, secondsAnnounced } from './pace.ts';
import { errorAnswer } from './schemas.ts';

const TOKENS_PAGE = 'Settings › API tokens';

type Words = readonly [sentence: string, next: string];

const notFound = (what: string, finder: string): Words => [
  `There is no such ${what}. Ids are case-sensitive.`,
  `Find the id with ${finder}.`,
];

const WORDS: Record<string, Words> = {
  validation_error: ['Toado did not accept the arguments.', 'Correct them and call again.'],
  invalid_cursor: [
    'The cursor does not belong to this list, or its filters changed.',
    'Start over without a cursor, with the same other arguments on every page.',
  ],
  unauthorized: [
    'Toado does not accept the token: it was revoked, has expired, or was mistyped.',
    `A person has to make a new one under ${TOKENS_PAGE} and put it into TOADO_API_TOKEN (or the file of TOADO_API_TOKEN_FILE). whoami shows when it works again.`,
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
  company_not_found: notFound('company', 'list_companies'),
  project_not_found: notFound('project', 'list_projects'),
  column_not_found: notFound('column in that project', 'list_columns'),
  ticket_not_found: notFound('ticket', 'search_tickets or list_tickets'),
  user_not_found: notFound('person who can see the project', 'list_members'),
  asset_not_found: notFound(
    'picture',
    'get_ticket with include ["attachments"]; a ticket without a capture has no screenshot',
  ),
  conflict: [
    'Toado refused the call because it clashes with an earlier one.',
    'Look at the ticket, then decide.',
  ],
  payload_too_large: [
    'The text is longer than Toado takes.',
    'Shorten it, or split it into several comments.',
  ],
  internal_error: ['Toado failed inside.', 'Call again in a moment.'],
};

/** How long a `Retry-After` asks to wait, in whole seconds. It is either a number or a date. */
function retryAfterOf({ headers }: HttpAnswer): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return undefined;
  const seconds = /^\d+$/.test(value)
    ? secondsAnnounced(Number(value))
    : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** It stands outside the fence. */
const A_SCOPE = /^[a-z][a-z:._]{0,39}$/;

interface Said {
  code: string;
  message?: string;
  requiredScope?: string;
}

function readError(text: string): Said | undefined {
  try {
    const { error } = errorAnswer(JSON.parse(text));
    const details = error.details as Record<string, unknown> | null | undefined;
    const scope = details?.required_scope ?? details?.requiredScope;
    return {
      code: error.code,
      message: error.message ?? undefined,
      requiredScope: typeof scope === 'string' && A_SCOPE.test(scope) ? scope : undefined,
    };
  } catch {
    return undefined;
  }
}

/** @param isRead a read that fails has changed nothing; a write that meets a 5xx or a redirect may have happened. */
export function failureOf(answer: HttpAnswer, isRead: boolean): Failure {
  const { status } = answer;
  const unsure: Outcome = isRead ? 'no_answer' : 'outcome_unknown';
  const retryAfter = retryAfterOf(answer);
  if (status === 429) return rateLimited(retryAfter ?? 60);
  if (status >= 300 && status < 400) {
    return new Failure(
      'bad_answer',
      `The API answered with a redirect (HTTP ${status}). Redirects are never followed, so that the token goes nowhere else.`,
      'Set TOADO_API_URL to the API’s own address.',
      { outcome: unsure, status },
    );
  }
  const said = readError(answer.text);
  const code = said && Object.hasOwn(WORDS, said.code) ? said.code : codeOfStatus(status);
  const [sentence, next] = WORDS[code] ?? [
    `The API answered HTTP ${status}, without an explanation that this version understands.`,
    'Check TOADO_API_URL; `toado-mcp doctor` tests the connection.',
  ];
  return new Failure(code, sentence, retryAfter ? `Wait ${retryAfter} s, then call again.` : next, {
    outcome: status >= 500 || status === 408 ? unsure : 'rejected',
    status,
    retryAfter,
    requiredScope: said?.requiredScope,
    said: said?.message,
  });
}

function codeOfStatus(status: number): string {
  if (status >= 500) return 'internal_error';
  const codes: Record<number, string> = {
    400: 'validation_error',
    401: 'unauthorized',
    403: 'forbidden',
    409: 'conflict',
    413: 'payload_too_large',
  };
  return codes[status] ?? 'bad_answer';
}

/** A success whose content can't be used. */
export function badAnswer(what: string, isRead: boolean, status: number): Failure {
  return new Failure(
    'bad_answer',
    `Toado's answer can't be used: ${what}.`,
    'Call again; if it stays so, check TOADO_API_URL and look for a newer toado-mcp.',
    { outcome: isRead ? 'no_answer' : 'outcome_unknown', status },
  );
}
