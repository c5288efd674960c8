import { createHash } from 'node:crypto';

export type TextField = 'title' | 'description';

/**
 * A text as a browser sends it back that nobody changed: a field of one line has no line ends, and one of several has
 * its line ends as CR LF, which a form is read with as LF.
 */
export function asSentBack(field: TextField, text: string): string {
  return field === 'title' ? text.replaceAll(/[\r\n]/g, '') : text.replaceAll(/\r\n?/g, '\n');
}

/** Tells the state of a text that a form was filled with, so that saving sees whether somebody changed it meanwhile. */
export function baseOf(field: TextField, text: string): string {
  return createHash('sha256').update(asSentBack(field, text)).digest('base64url').slice(0, 22);
}

/** What stands in a `<textarea>`: HTML passes over a line end at its beginning, so there is one more. */
export function asTextarea(text: string): string {
  return `\n${text}`;
}
