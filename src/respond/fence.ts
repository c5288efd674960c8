import { randomUUID } from 'node:crypto';

/**
 * Puts text that strangers wrote between two marks with a name that nobody could know when they wrote it, so that
 * it can't close the fence from inside and go on in the server's voice.
 */
export function fence(text: string): string {
  let name: string;
  // The last twelve digits of a UUID are random; Node makes them in stock, which is quicker than asking each time.
  do name = `toado-data-${randomUUID().slice(-12)}`;
  while (text.includes(name));
  return `<${name}>\n${text}\n</${name}>`;
}
