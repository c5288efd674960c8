/** Forms in which two names are compared. */

/** Nobody's name is longer. */
const MAX_COMPARED_LENGTH = 1_000;

/** Names match without regard to case, accents' spelling and spaces. */
export function folded(name: string): string {
  return name.slice(0, MAX_COMPARED_LENGTH).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

const APART = /[\s_\-–—.,:;/\\|()[\]{}"'\u0060’“”!?*~…]+/g;
const DIGIT = /\p{N}/u;
const PICTURES = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu;

export function hasPictures(name: string): boolean {
  return name.search(PICTURES) >= 0;
}

/**
 * What is left without what words are put apart with: `in_progress` and "In progress" are the same. Other signs belong
 * to a name (C, C++, C#), and numbers that are apart stay so (1.2, 12).
 */
export function words(name: string): string {
  const text = folded(name);
  return text.replace(APART, (apart, at: number) =>
    DIGIT.test(text.charAt(at - 1)) && DIGIT.test(text.charAt(at + apart.length)) ? ' ' : '',
  );
}

export function withoutPictures(name: string): string {
  return name.replace(PICTURES, '');
}
