/** How a refusal is explained. */
import type { Traits } from './dialects.ts';

export interface Refusal {
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
}

/** What is said of something that isn't there, and of something that is out of reach: the same, or it would show. */
const NOT_THERE = new Set([
  'forbidden',
  'company_not_found',
  'project_not_found',
  'column_not_found',
  'ticket_not_found',
]);

export function hidden(refusal: Refusal): Refusal {
  return NOT_THERE.has(refusal.code) ? { code: 'not_found', message: 'There is no such thing.' } : refusal;
}

export interface WrittenRefusal {
  status: number;
  body: string;
  type: string;
}

export function writeRefusal(
  status: number,
  refusal: Refusal,
  traits: Traits,
  requestId: string | null,
): WrittenRefusal {
  const shown = traits.outOfReach === '404' ? hidden(refusal) : refusal;
  const { code, message, details } = shown;
  const says = shown === refusal ? status : 404;
  const json = (body: unknown) => ({ status: says, body: JSON.stringify(body), type: 'application/json' });
  switch (traits.errors) {
    case 'contract':
      return json({ error: { code, message, ...(details && { details }) } });
    case 'text':
      return json({ error: message, code, ...details });
    case 'message':
      return json({ message, code, ...details });
    case 'code and message':
      return json({ code, message, ...details });
    case 'list':
      return json({ errors: [{ code, message, ...(details && { details }) }] });
    case 'fields': {
      const [, field, why] = /^(\w+): (.+)$/s.exec(message) ?? [];
      return json(
        field ? { code, errors: { [field]: [why] } } : { code, errors: { base: [message] }, ...details },
      );
    }
    case 'problem':
      return {
        status: says,
        type: 'application/problem+json',
        body: JSON.stringify({
          type: `https://toado.dev/problems/${code}`,
          title: code.replaceAll('_', ' '),
          status: says,
          detail: message,
          code,
          ...details,
          ...(requestId && { requestId }),
        }),
      };
    case 'plain text':
      return { status: says, body: `${code}: ${message}`, type: 'text/plain; charset=utf-8' };
  }
}
