import type { Database } from './database.ts';

/** What the index needs of a database. */
export type SearchStore = Pick<Database, 'get' | 'all' | 'run'>;

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
  match: Match | undefined;
}

/** Expressions in the index's own language. A ticket and each of its comments are documents of their own. */
export interface Match {
  /** One for each word or quotation: a ticket is found when it has all of them, here or there. */
  words: string[];
  /** All of them in the title. */
  inTitle: string;
  /** All of them in the ticket's own texts, but not all in the title. */
  inTicket: string;
  /** All of them in the ticket's own texts. */
  inTicketOrTitle: string;
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

/** A longer text is looked for by its first words: what has all of those is what was meant, and each costs its time. */
const MAX_WORDS = 50;

/**
 * Like `parseQuery` for a list that has its own way to ask for archived tickets. The text is normalised before
 * anything is read from it: what becomes a quotation mark by that (U+FF02) is one from the beginning.
 */
export function matchFor(input: string): Match | undefined {
  const text = input.normalize('NFKC');
  const phrases = new Set<string>();
  for (const [, quoted, word] of text.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const phrase = phraseFor(quoted ?? word ?? '', quoted === undefined);
    if (phrase) phrases.add(phrase);
    if (phrases.size === MAX_WORDS) break;
  }
  if (phrases.size === 0) return undefined;
  const words = [...phrases];
  const inTitle = `title : (${words.join(' AND ')})`;
  const inTicketOrTitle = `{title description page} : (${words.join(' AND ')})`;
  return { words, inTitle, inTicket: `(${inTicketOrTitle}) NOT (${inTitle})`, inTicketOrTitle };
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

/** SQL: the ticket that a document of the index belongs to. */
export const ticketOfDocument = 'rowid >> 20';

/** SQL: the tickets that have a word, in their own texts or in a comment. */
export const ticketsWithWord = `SELECT ${ticketOfDocument} FROM ticket_search WHERE ticket_search MATCH ?`;

const document = '?1 * 1048576 + ?2';

interface Searchable {
  id: string;
  title: string;
  description: string;
  source_url: string | null;
  url: string | null;
  page_title: string | null;
}

/** Brings the index up to date with a ticket's own texts; to be called by whatever changes one of them. */
export function indexTicket(db: SearchStore, ticketSeq: number): void {
  const found = db.get<Searchable>(
    `SELECT t.id, t.title, t.description, t.source_url, c.url, c.page_title
     FROM tickets t LEFT JOIN captures c ON c.ticket_seq = t.seq WHERE t.seq = ?`,
    ticketSeq,
  )!;
  db.run(
    `INSERT OR REPLACE INTO ticket_search (rowid, title, description, page) VALUES (${document}, ?3, ?4, ?5)`,
    ticketSeq,
    0,
    prepare(found.title),
    prepare(found.description),
    prepare([found.id, found.source_url, found.url, found.page_title].filter(Boolean).join('\n')),
  );
}

/** Adds a ticket's comment to the index; `number` counts them, from 1. */
export function indexComment(db: SearchStore, ticketSeq: number, number: number, body: string): void {
  db.run(
    `INSERT INTO ticket_search (rowid, comment) VALUES (${document}, ?3)`,
    ticketSeq,
    number,
    prepare(body),
  );
}

/** Fills an index that is empty. */
export function reindexAll(db: SearchStore): void {
  for (const { seq } of db.all<{ seq: number }>('SELECT seq FROM tickets')) indexTicket(db, seq);
  const comments = db.all<{ ticket: number; number: number; body: string }>(
    `SELECT ticket_seq AS ticket, row_number() OVER (PARTITION BY ticket_seq ORDER BY seq) AS number, body
     FROM comments`,
  );
  for (const { ticket, number, body } of comments) indexComment(db, ticket, number, body);
}
