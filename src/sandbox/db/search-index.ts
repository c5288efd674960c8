import type { Database } from './database.ts';

/**
 * Full text search over tickets. SQLite's tokenizer cuts text at spaces and punctuation, which finds nothing inside
 * scripts written without spaces, and drops emoji; so text and queries are both prepared here: such characters become
 * words of their own, and a run of them is looked for as a phrase.
 */
export interface Query {
  /** Also archived tickets: the query had the word `is:archived`. */
  archived: boolean;
  /** What was asked for besides; blank when there was nothing. */
  text: string;
  /** The index's own expressions; undefined when the text has nothing that can be looked for. */
  match: { anywhere: string; inTitle: string; notInTitle: string } | undefined;
}

/** Any text is a query: operators and quotes of the index's own language are only characters here. */
export function parseQuery(input: string): Query {
  const words = input.split(/\s+/).filter(Boolean);
  const text = words.filter((word) => word.toLowerCase() !== 'is:archived').join(' ');
  return {
    archived: words.some((word) => word.toLowerCase() === 'is:archived'),
    text,
    match: matchFor(text),
  };
}

/**
 * Like `parseQuery` for a list that has its own way to ask for archived tickets. The text is normalised before
 * anything is read from it: what becomes a quotation mark by that (U+FF02) is one from the beginning.
 */
export function matchFor(input: string): Query['match'] {
  const text = input.normalize('NFKC');
  const phrases = new Set<string>();
  for (const [, quoted, word] of text.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const phrase = phraseFor(quoted ?? word ?? '', quoted === undefined);
    if (phrase) phrases.add(phrase);
  }
  if (phrases.size === 0) return undefined;
  const anywhere = [...phrases].join(' AND ');
  const inTitle = `title : (${anywhere})`;
  return { anywhere, inTitle, notInTitle: `(${anywhere}) NOT (${inTitle})` };
}

/** A word as the index's language has it; its last part may be the beginning of a longer one. */
function phraseFor(text: string, isPrefix: boolean): string | undefined {
  // No quotation mark gets inside the quotation marks.
  const prepared = prepare(text).replaceAll(/[\0"]/g, ' ').trim();
  if (!/[\p{L}\p{M}\p{N}\p{Co}]/u.test(prepared)) return undefined;
  const openEnded = isPrefix && /[\p{L}\p{M}\p{N}]{2}$/u.test(prepared) && !/emoji[0-9a-f]+$/.test(prepared);
  return `"${prepared}"${openEnded ? '*' : ''}`;
}

const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;

function prepare(text: string): string {
  if (/^[\x20-\x7e\s]*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\u200d\ufe0e\ufe0f]/g, '')
    .replaceAll(emoji, (one) => ` emoji${one.codePointAt(0)!.toString(16)} `)
    .replaceAll(spaceless, ' $& ');
}

interface Searchable {
  id: string;
  title: string;
  description: string;
  source_url: string | null;
  url: string | null;
  page_title: string | null;
  comments: string | null;
}

/** Brings the index up to date with a ticket; to be called by whatever changes one of its texts. */
export function indexTicket(db: Database, ticketSeq: number): void {
  const found = db.get<Searchable>(
    `SELECT t.id, t.title, t.description, t.source_url, c.url, c.page_title,
       (SELECT group_concat(body, char(10)) FROM comments WHERE ticket_seq = t.seq) AS comments
     FROM tickets t LEFT JOIN captures c ON c.ticket_seq = t.seq WHERE t.seq = ?`,
    ticketSeq,
  )!;
  db.run(
    'INSERT OR REPLACE INTO ticket_search (rowid, title, description, comments, page) VALUES (?, ?, ?, ?, ?)',
    ticketSeq,
    prepare(found.title),
    prepare(found.description),
    prepare(found.comments ?? ''),
    prepare([found.id, found.source_url, found.url, found.page_title].filter(Boolean).join('\n')),
  );
}
