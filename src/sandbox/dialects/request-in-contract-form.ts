import { isJsonObject } from '../../base/json-object.ts';
import type { NumberedIds } from './numbered-ids.ts';

/** The same request with the ids that the sandbox knows. */
export async function inContractForm(request: Request, ids: NumberedIds): Promise<Request> {
  const url = new URL(request.url);
  const to = new URL(url);
  to.pathname = url.pathname
    .split('/')
    .map((part) => ids.idOf(part))
    .join('/');
  for (const [key, value] of url.searchParams)
    if (key.endsWith('_id')) to.searchParams.set(key, ids.idOf(value));
  const hasBody = !['GET', 'HEAD', 'DELETE'].includes(request.method);
  const text = hasBody ? await request.text() : undefined;
  return new Request(to, {
    method: request.method,
    headers: request.headers,
    ...(text ? { body: withIds(text, ids) } : {}),
  });
}

function withIds(text: string, ids: NumberedIds): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return text;
  }
  const known = (value: unknown) =>
    typeof value === 'number' || typeof value === 'string' ? ids.idOf(String(value)) : value;
  if (!isJsonObject(body)) return text;
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(body).map(([key, value]) => {
        if (key.endsWith('_id')) return [key, known(value)];
        if (key.endsWith('_ids') && Array.isArray(value)) return [key, value.map(known)];
        return [key, value];
      }),
    ),
  );
}
