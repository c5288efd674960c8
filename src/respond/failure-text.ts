/** A failure as a model reads it: the code, what happened, and one thing to do. */
import type { Failure } from '../base/failure.ts';
import { Slices } from '../base/time-slices.ts';
import { fence } from './fence.ts';
import { sanitizeLong } from './sanitize.ts';
import { shorten } from './shorten.ts';

/** What there is, for a name that fits nothing. */
const MAX_LISTED_LENGTH = 6_000;
/** What Toado says about an error. */
const MAX_ERROR_LENGTH = 1_000;

export async function failureText({ code, outcome, sentence, next, details }: Failure): Promise<string> {
  const words = details.apiMessage ? await sanitizeLong(details.apiMessage, new Slices()) : '';
  const fromToado = words ? `\nFrom Toado:\n${fence(shorten(words, MAX_ERROR_LENGTH))}` : '';
  const { lists } = details;
  const listed = lists
    ? `\n${lists.title}\n${fence(shorten(await sanitizeLong(lists.text, new Slices()), MAX_LISTED_LENGTH))}`
    : '';
  const request = details.requestId ? `\nRequest id, for Toado's support: ${details.requestId}` : '';
  const besides = details.besides ? ` ${details.besides}` : '';
  return `${code} (${outcome}): ${sentence}${besides}\nNext: ${next}${request}${fromToado}${listed}`;
}
