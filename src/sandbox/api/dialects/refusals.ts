/** How a refusal is explained. */
import type { Traits } from './traits.ts';

export interface Refusal {
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
}

const HIDDEN: Record<string, string> = { forbidden: 'not_found' };

export interface Said {
  status: number;
  body: string;
  type: string;
}

export function refusalSaid(
  status: number,
  refusal: Refusal,
  traits: Traits,
  requestId: string | null,
): Said {
  const isHidden = traits.outOfReach === '404' && status === 403 && refusal.code in HIDDEN;
  const code = isHidden ? HIDDEN[refusal.code]! : refusal.code;
  const message = isHidden ? 'There is no such thing.' : refusal.message;
  const { details } = refusal;
  const says = isHidden ? 404 : status;
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
