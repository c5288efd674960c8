import { LRUCache } from 'lru-cache';
import MarkdownIt from 'markdown-it';
import { markedText } from './marked-text.ts';

/**
 * Markdown that anybody may have written, as HTML: their own HTML stays text, nothing is fetched, links lead to the web
 * or to the sandbox's own tickets, and what hides in a text is shown.
 */
export function markdownHtml(text: string): string {
  const known = rendered.get(text);
  if (known !== undefined) return known;
  const html = isOrdinary(text) ? withWhatIsLeftOut(text, markdown.render(text)) : asWritten(text);
  rendered.set(text, html);
  return html;
}

/**
 * Masses of signs that begin something and never end it take the parser long; nobody reads them anyway. For each
 * quotation it may look through all lines that follow.
 */
function isOrdinary(text: string): boolean {
  const count = (what: RegExp) => text.match(what)?.length ?? 0;
  return (
    text.length <= 100_000 && count(/[[!*_|`<&~]/g) <= 4000 && count(/>/g) * count(/\r?\n|\r/g) <= 5_000_000
  );
}

function asWritten(text: string): string {
  return `<pre class="as-written" tabindex="0">${markedText(text)}</pre>`;
}

/**
 * Markdown leaves things out: cells of a row that has too many of them, for one. An agent reads those all the same, so
 * a person can, too.
 */
function withWhatIsLeftOut(text: string, html: string): string {
  const shown = countWords(plainText(html));
  const written = countWords(markdown.utils.unescapeAll(text).replaceAll(marks, ' '));
  if ([...written].every(([word, times]) => (shown.get(word) ?? 0) >= times)) return html;
  return `${html}<details class="left-out"><summary>Markdown leaves a part of this out: as it was written</summary>${asWritten(text)}</details>`;
}

/** Numbers of a list, and boxes of tasks: shown otherwise. Each line is looked at by itself: there may be 100,000. */
const marks = /^[\p{Zs}\t>*+-]*\d{1,9}[.)](?=\s)|^[\p{Zs}\t>*+\d.)-]*\[[xX]\](?=\s)/gmu;

/** What is read of a piece of our own HTML, with the addresses of its links. */
function plainText(html: string): string {
  return markdown.utils.unescapeAll(
    html.replace(/<a href="([^"]*)"[^>]*>/g, ' $1 ').replace(/<[^>]*>/g, ' '),
  );
}

function countWords(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

/** A page is asked for again with every change: the texts on it are mostly the same. */
const rendered = new LRUCache<string, string>({
  maxSize: 8_000_000,
  sizeCalculation: (html, text) => html.length + text.length + 1,
});

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

// Addresses that say so are links; `checkout.ts` and `README.md` are files, whatever top-level domains there are.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.validateLink = (address) =>
  /^(https?:\/\/|mailto:)/i.test(address) || /^\/(tickets|projects)\/[\w-]+$/.test(address);
// `[//]: # (…)` would be shown to nobody but an agent.
markdown.disable('reference');
// As it was written: a name in other letters must not look like somebody else's.
markdown.normalizeLinkText = (address) => address;

type Tokens = ReturnType<typeof markdown.parse>;
type Token = Tokens[number];

markdown.core.ruler.push('for our pages', ({ tokens }) => {
  for (const [at, token] of tokens.entries()) {
    if (directed.has(token.type)) token.attrSet('dir', 'auto');
    // The page and its parts have the first two levels.
    if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
    alignByClass(token);
    if (token.type === 'inline' && tokens[at - 2]?.type === 'list_item_open') showTask(token);
  }
});

/** Blocks whose text says in which direction it runs. */
const directed = new Set([
  'paragraph_open',
  'heading_open',
  'list_item_open',
  'blockquote_open',
  'th_open',
  'td_open',
]);

/** The strict policy allows no style on an element. */
function alignByClass(token: Token): void {
  const align = /^text-align:(\w+)$/.exec(attribute(token, 'style'))?.[1];
  if (align === undefined) return;
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
  token.attrSet('class', `align-${align}`);
}

/** `- [x] done`, as agents keep lists of what is to be done. */
function showTask({ children }: Token): void {
  const first = children?.[0];
  if (first?.type === 'text') first.content = first.content.replace(/^\[([ xX])\] /, taskBox);
}

function taskBox(_: string, mark: string): string {
  return mark === ' ' ? '☐ ' : '☑ ';
}

const { rules } = markdown.renderer;

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** A number of several groups (a telephone's, a price, a date) is turned round in a text of the other direction. */
const numbers = /([+\-−]?\d[\d.,:/ \u00a0-]*\d)/;

rules.text = (tokens, at) => {
  const text = tokens[at]!.content;
  if (!rightToLeft.test(text)) return markedText(text);
  return text
    .split(numbers)
    .map((part, place) => (place % 2 === 0 ? markedText(part) : `<bdi dir="ltr">${markedText(part)}</bdi>`))
    .join('');
};
rules.code_inline = (tokens, at) => `<code>${markedText(tokens[at]!.content)}</code>`;
rules.code_block = rules.fence = (tokens, at) => {
  const { info, content } = tokens[at]!;
  const language = info.trim() ? `<small>${markedText(info.trim())}</small>` : '';
  return `<pre tabindex="0">${language}<code>${markedText(content.replace(/\n$/, ''))}</code></pre>\n`;
};
rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
rules.table_close = () => '</table></div>\n';

rules.link_open = (tokens, at) => linkTo(attribute(tokens[at]!, 'href'));
/** What stands there in quotes would show to nobody who doesn't point at it. */
rules.link_close = (tokens, at) => {
  const opened = lastBefore(tokens, at, ({ type }) => type === 'link_open');
  return `</a>${opened ? titleOf(opened) : ''}`;
};

/** A picture from elsewhere would tell its owner who reads this, so it is a link. */
rules.image = (tokens, at) => {
  const text = markedText(tokens[at]!.content || 'picture');
  const isInLink = lastBefore(tokens, at, ({ type }) => type.startsWith('link_'))?.type === 'link_open';
  return isInLink ? text : `${linkTo(attribute(tokens[at]!, 'src'))}${text}</a>${titleOf(tokens[at]!)}`;
};

/** Mostly a few steps back: a copy of all that is before takes, of a text full of links, a second. */
function lastBefore(tokens: Tokens, at: number, is: (token: Token) => boolean): Token | undefined {
  for (let before = at - 1; before >= 0; before--) if (is(tokens[before]!)) return tokens[before];
  return undefined;
}

function titleOf(token: Token): string {
  const title = attribute(token, 'title');
  return title ? ` (${markedText(title)})` : '';
}

/** The title says where it leads, whatever its text says. */
function linkTo(address: string): string {
  const safe = markdown.utils.escapeHtml(address);
  if (address.startsWith('/')) return `<a href="${safe}">`;
  return `<a href="${safe}" title="${safe}" target="_blank" rel="noopener noreferrer nofollow">`;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}
