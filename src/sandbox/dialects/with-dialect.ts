/**
 * The sandbox in another dialect: requests come in as the contract has them, answers go out in the dialect's form.
 * It stands around the whole application, so that nothing inside knows of it.
 */

import { inDialectForm, withoutBody } from './answer-in-dialect-form.ts';
import { answerOf } from './answers-of-routes.ts';
import type { Traits } from './dialects.ts';
import { NumberedIds } from './numbered-ids.ts';
import { toCursor } from './numbered-pages.ts';
import { type Refusal, writeRefusal } from './refusals.ts';
import { inContractForm } from './request-in-contract-form.ts';

type Fetch = (request: Request, ...rest: unknown[]) => Response | Promise<Response>;

export function withDialect(
  inner: Fetch,
  base: string,
  traits: Traits,
  allIds: () => readonly string[],
): Fetch {
  const ids = new NumberedIds(allIds);

  return async (given, ...rest) => {
    const ask = (request: Request) => inner(request, ...rest);
    const url = new URL(given.url);
    const path = decoded(url.pathname);
    if (!path.startsWith(`${base}/`) || path.startsWith(`${base}/sandbox/`)) return ask(given);
    const known = answerOf(given.method, path.slice(base.length));
    let request = given;
    try {
      if (known && traits.ids === 'numbers') request = await inContractForm(given, ids);
    } catch {
      // The caller hung up while they sent it.
      return new Response(null, { status: 400 });
    }
    const isNumbered = known?.[2] === 'page' && traits.page === 'numbers';
    const page = isNumbered ? await toCursor(request, ask) : undefined;
    if (page?.refusal) return refused(page.refusal, await page.refusal.json());
    const answer = await ask(page?.request ?? request);
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status === 304 || !type.includes('json')) return answer;
    if (given.method === 'HEAD') return headed(answer);
    if (!known && answer.status < 400) return answer;
    const body: unknown = await answer.json();
    if (!known || answer.status >= 400) return refused(answer, body);
    const [, , kind, name] = known;
    return inDialectForm(answer, body, { kind, name, url, request, page, traits, ids, ask });
  };

  /** No body says why, so out of reach shows in the status alone. */
  function headed(answer: Response): Response {
    const isHidden = answer.status === 403 && traits.outOfReach === '404';
    return new Response(null, { status: isHidden ? 404 : answer.status, headers: withoutBody(answer) });
  }

  function refused(answer: Response, body: unknown): Response {
    const { error } = body as { error: Refusal };
    const requestId = answer.headers.get('x-request-id');
    const { status, body: text, type } = writeRefusal(answer.status, error, traits, requestId);
    const headers = withoutBody(answer);
    headers.set('content-type', type);
    return new Response(text, { status, headers });
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
