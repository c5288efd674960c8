/** Rows on a numbered page, where nobody says how many. */
const PAGE_SIZE = 20;
/** The most rows that the sandbox gives at once. */
const MAX_STRIDE = 100;

export interface NumberedPage {
  request: Request;
  number: number;
  size: number;
  /** Why the page wasn't reached. */
  refusal?: Response;
  /** Whether the list ends before it. */
  isBeyond?: boolean;
}

/**
 * A numbered page as the sandbox pages: from the first one on, in the longest strides, over what lies before. A
 * refusal on the way is the answer, and beyond the last page there is an empty one.
 */
export async function toCursor(
  request: Request,
  ask: (request: Request) => Response | Promise<Response>,
): Promise<NumberedPage> {
  const url = new URL(request.url);
  const number = Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1);
  const size = Number(url.searchParams.get('per_page') ?? url.searchParams.get('perPage')) || PAGE_SIZE;
  for (const name of ['page', 'per_page', 'perPage', 'cursor']) url.searchParams.delete(name);
  let cursor: string | undefined;
  for (let before = (number - 1) * size; before > 0; before -= MAX_STRIDE) {
    const stride = rows(Math.min(MAX_STRIDE, before));
    // It is about the page that was asked for, not about what is walked over.
    stride.headers.delete('if-none-match');
    const answer = await ask(stride);
    if (answer.status !== 200) return { request, number, size, refusal: answer };
    cursor = ((await answer.json()) as { cursor?: string }).cursor;
    // The answer that ended the list has the headers that this one needs.
    if (cursor === undefined) return { request: rows(1), number, size, isBeyond: true };
  }
  return { request: rows(size), number, size };

  function rows(limit: number): Request {
    const to = new URL(url);
    to.searchParams.set('limit', String(limit));
    if (cursor) to.searchParams.set('cursor', cursor);
    return new Request(to, { method: request.method, headers: request.headers });
  }
}
