/** Whether a text that was sent and one that was read are the same. */

/** Toado may keep a text in a form of its own, Markdown as HTML too, but not in other words. */
export function hasSameWords(shown: string, sent: string): boolean {
  if (shown === sent) return true;
  if (isFarLonger(shown, sent) || isFarLonger(sent, shown)) return false;
  const words = wordsOf(sent);
  return wordsOf(shown) === words || wordsOf(withoutMarkup(shown)) === words;
}

function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

const IS_HTML = /^\s*<(?:p|div|h\d|ul|ol|pre|blockquote|table|span|br)\b[^>]{0,200}>/i;

/** Without HTML's tags, where it is HTML, and without the addresses that Markdown's links lead to. */
function withoutMarkup(text: string): string {
  const plain = IS_HTML.test(text) ? text.replace(/<[^<>]{1,500}>/g, ' ') : text;
  return withoutEntities(plain).replace(/\]\([^()\s]{1,2000}\)/g, ']');
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Those that everything writes which escapes a text for HTML. */
function withoutEntities(text: string): string {
  return text.replace(/&(?:#0*39|#x0*27|#x0*2f|#0*34|(amp|lt|gt|quot|apos|nbsp));/gi, (written, name) => {
    if (name) return ENTITIES[name.toLowerCase()]!;
    return /34/.test(written) ? '"' : /2f/i.test(written) ? '/' : "'";
  });
}

/** So much that it can't be the same in another form. Such texts may have millions of words, and comparing them takes long. */
export function isFarLonger(text: string, other: string): boolean {
  return text.length > 4 * other.length + 10_000;
}

/**
 * As somebody reads it: Toado may keep line breaks and the white space around in its own way, accents in another
 * encoding, quotes and dashes as typesetters write them, and what HTML would read as its own as entities.
 */
export function isSameText(one: string | null | undefined, other: string | null | undefined): boolean {
  return one === other || plain(one ?? '') === plain(other ?? '');
}

function plain(text: string): string {
  return withoutEntities(text)
    .normalize('NFKC')
    .replace(/\r\n?/g, '\n')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/-{2,3}|[\u2010-\u2015\u2212]/g, '-')
    .trim();
}
