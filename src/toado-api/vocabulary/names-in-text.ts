import { DONE_IN_WORDS } from './write-outcome-patterns.ts';

/** Names in a sentence, of tickets and of columns, which say nothing of what became of them. */
const NAMES_IN_TEXT =
  /"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]|‘[^\n]*?’(?![\p{L}\d])|`[^`\n]*`|(?<![\p{L}\d])'[^\n]*?'(?![\p{L}\d])|(?<=\b[Mm]oved (?:[\w-]{1,20} ){0,3}(?:in)?to (?:column )?)\p{Lu}[\p{L}\d’'-]*(?: (?!but |only |except |without |failed|was |is )[\p{L}\d’'-]+){0,2}/gu;
/** `from Not started to Done` */
const FROM_TO = /\bfrom (?:column )?\p{Lu}[^.,:;\n]{0,40}? (?:in)?to (?:column )?\p{Lu}[\p{L}\d’'-]*/gu;

/** A sentence without the names in it. */
export function withoutNames(text: string): string {
  return text.replace(FROM_TO, '').replace(NAMES_IN_TEXT, '');
}

/** A shorter one may be a word of the sentence's own. */
const MIN_TEXT = 4;

/**
 * What was said, without the texts of the row that it is about: a title may read like a denial. Where nothing else says
 * that it was done, the words stay: a stranger's title may be what denies it, word for word.
 */
export function withoutTextsOf(row: object, said: Record<string, unknown>): Record<string, unknown> {
  const { title, body } = row as { title?: unknown; body?: unknown };
  const texts = [title, body].filter(
    (text) => typeof text === 'string' && text.length >= MIN_TEXT,
  ) as string[];
  const without = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const rest = texts.reduce((left, text) => left.replaceAll(text, ''), value);
      return DONE_IN_WORDS.test(rest) ? rest : value;
    }
    return Array.isArray(value) ? value.map(without) : value;
  };
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, without(value)]));
}
