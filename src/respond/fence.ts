import { randomBytes } from 'node:crypto';

/**
 * Puts text that strangers wrote between two marks with a name that nobody could know when they wrote it, so that
 * it can't close the fence from inside and go on in the server's voice.
 */
export function fence(text: string): string {
  let name: string;
  do name = `toado-data-${randomBytes(6).toString('hex')}`;
  while (text.includes(name));
  return `<${name}>\n${text}\n</${name}>`;
}
