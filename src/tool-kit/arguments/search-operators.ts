/** What a search does not do, said where it matters: operators of other trackers, and finding nothing. */
import { quoted } from './read-arguments.ts';

/** What other trackers' searches understand before a colon. */
const OPERATORS = new Set(
  (
    'after assigned assignee author before by column commenter created creator from has in is label labels member ' +
    'mentions no order owner priority project reporter resolved sort state status tag type updated user'
  ).split(' '),
);

/** Words like `assignee:mia`: Toado looks for them as they are, and a list that is empty for that reason misleads. */
export function notOperators(query: string, known: readonly string[] = []): string | undefined {
  const words = query
    .split(/\s+/)
    .filter((word) => OPERATORS.has(/^-?([a-z]+):/i.exec(word)?.[1]?.toLowerCase() ?? ''))
    .filter((word) => !known.includes(word.toLowerCase()));
  if (words.length === 0) return undefined;
  const only = known.length > 0 ? `; the only operator is ${known.join(', ')}` : '';
  return `Not understood, searched as words: ${words.slice(0, 5).map(quoted).join(', ')}${only}.`;
}
