/** Whether a text that was sent and one that was read are the same. */

/** Toado may keep a text in a form of its own, but not in other words. */
export function hasSameWords(one: string, other: string): boolean {
  // Marks of formatting don't make a text several times as long, and millions of words are gone through in one piece.
  if (Math.max(one.length, other.length) > 4 * Math.min(one.length, other.length) + 10_000) return false;
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  return words(one) === words(other);
}

/** As somebody reads it: Toado may keep line breaks and the white space around in its own way. */
export function isSameText(one: string | null | undefined, other: string | null | undefined): boolean {
  const plain = (text: string | null | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();
  return plain(one) === plain(other);
}
