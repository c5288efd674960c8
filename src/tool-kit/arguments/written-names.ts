/** Names of arguments, and their values with units, as models write them. */
import { snakeCase } from '../../base/letter-case.ts';

/** What may stand behind the thing's name: an id may be given by its name anyway. */
const ENDINGS = new Set(['id', 'ids', 'name', 'names', 'url', 'urls', 'link', 'links', 'key', 'ref']);

/**
 * The argument that a name means: itself in snake_case, or the one id that it can only be (`project`, `ticket` for
 * `ticket_ids`, `column` for `target_column_id`). Otherwise the name in snake_case, which nothing is called.
 */
export function argumentName(written: string, value: unknown, known: readonly string[]): string {
  if (known.includes(written) || written.length > 64) return written;
  const name = snakeCase(written);
  if (known.includes(name)) return name;
  const words = wordsOf(name);
  const isOne = !Array.isArray(value) || value.length === 1;
  const meant = known.filter((one) => {
    if (!/_ids?$/.test(one) || (!isOne && !one.endsWith('s'))) return false;
    const its = wordsOf(one);
    return words.length > 0 && words.every((word) => its.includes(word));
  });
  // `column_id` beside `target_column_id` is itself, and was found before.
  return meant.length === 1 ? meant[0]! : name;
}

/** Without its ending, each word in the singular. */
function wordsOf(name: string): string[] {
  const words = name.split('_').filter(Boolean);
  return words
    .filter((word) => !ENDINGS.has(word))
    .map((word) => word.replace(/ie(?=s$)/, 'y').replace(/(?<=..)s$/, ''));
}

/** What other programs call it: only ever suggested, since it may mean something else here. */
const CALLED: readonly (readonly [written: RegExp, meant: string])[] = [
  [/^(q|search|searches|keywords?|terms?|text|filter)$/, 'query'],
  [/^(comment|text|content|message|note|markdown)$/, 'body'],
  [/^(body|content|text|details|markdown)$/, 'description'],
  [/^(name|summary|subject|heading)$/, 'title'],
  [/^(assignee|member|person|owner|who)(_id)?s?$/, 'user_id'],
  [/^(branch|git_branch)$/, 'branch_name'],
  [/^(id|key|issue|issue_id|card|card_id|url|link)$/, 'ticket_id'],
  [/^(ids|keys|issues|cards)$/, 'ticket_ids'],
  [/^(to|into|destination|status|state|list)$/, 'target_column_id'],
  [/^(status|status_code|code|min)$/, 'min_status'],
  [/^(state|archived)$/, 'status'],
  [/^(url|link|page|page_url)$/, 'source_url'],
  [/^(page|page_token|after|next|next_cursor|offset)$/, 'cursor'],
  [/^(count|max|size|per_page|page_size|top|first|max_results)$/, 'limit'],
  [/^(seconds|within|range)$/, 'window'],
  [/^(type|resource_type)$/, 'kind'],
  [/^(done|closed|fixed|status|state)$/, 'resolved'],
];

export function intendedArgument(written: string, known: readonly string[]): string | undefined {
  const name = snakeCase(written.slice(0, 64));
  return CALLED.find(([pattern, meant]) => pattern.test(name) && known.includes(meant))?.[1];
}

/** `2 s`, `5xx`, `top`: a number in the words of its argument. */
export function readNumberInWords(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 40) return value;
  const text = value.trim().toLowerCase();
  if (name === 'window') {
    const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?)$/.exec(text) ?? [];
    return number === undefined ? value : Number(number) / (unit!.startsWith('m') ? 1000 : 1);
  }
  if (name === 'min_status') return /^[1-5]xx$/.test(text) ? Number(text[0]) * 100 : value;
  if (name === 'position') return /^(the )?(top|first|beginning|start)$/.test(text) ? 0 : value;
  return value;
}
