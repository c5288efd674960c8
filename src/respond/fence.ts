/**
 * Puts text that strangers wrote between two marks with a name that nobody could know when they wrote it, so that
 * it can't close the fence from inside and go on in the server's voice.
 */
export function fence(text: string): string {
  // The last twelve digits of a UUID are random; Node makes them in stock, which is quicker than asking each time.
  let unique: string;
  do unique = crypto.randomUUID().slice(-12);
  while (text.includes(unique));
  const name = `toado-data-${unique}`;
  return `<${name}>\n${text}\n</${name}>`;
}
