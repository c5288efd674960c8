import { createHash } from 'node:crypto';

/** Tells the state of a text that a form was filled with, so that saving sees whether somebody changed it meanwhile. */
export function baseOf(text: string): string {
  // A browser sends every line end as CR LF, and a form is read with LF.
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('base64url').slice(0, 22);
}
