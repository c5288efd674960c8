/** Whether a text that was sent and one that was read are the same. */

/** Toado may keep a text in a form of its own, but not in other words. */
export function hasSameWords(one: string, other: string): boolean {
  if (isFarLonger(one, other) || isFarLonger(other, one)) return false;
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  return words(one) === words(other);
}

/** So much that it can't be the same in another form. Such texts may have millions of words, and comparing them takes long. */
export function isFarLonger(text: string, other: string): boolean {
  return text.length > 4 * other.length + 10_000;
}

/** As somebody reads it: Toado may keep line breaks and the white space around in its own way. */
export function isSameText(one: string | null | undefined, other: string | null | undefined): boolean {
  const plain = (text: string | null | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();
  return plain(one) === plain(other);
}
