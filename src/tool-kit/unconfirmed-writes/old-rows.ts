/** A row that answered an addition and was there before: Toado says so beside it, or its own time does. */
import { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import { extraFieldsOf } from '../../toado-api/answers/extra-fields.ts';
import { deniesNew } from '../../toado-api/vocabulary/denies-new.ts';
import { withoutTextsOf } from '../../toado-api/vocabulary/names-in-text.ts';
import type { SentWrite } from '../definition/define-tool.ts';
import { isSameText } from './same-text.ts';

interface Row {
  id?: string | null | undefined;
  title?: string | null | undefined;
}

/**
 * What only a look tells more of, with the name of the row: that is the one to go on with.
 * @param sent the text that was sent: with nothing but an id, another one can be what Toado says.
 */
export function saidToBeOld(row: Row, sent?: string): Accepted | undefined {
  const words = sent === undefined ? undefined : wordsIn(row, sent);
  const said = { ...extraFieldsOf(row), ...words };
  const isOld = deniesNew({ ...withoutTextsOf(row, said), ...words }, row.id);
  return isOld ? new Accepted(undefined, undefined, false, named(row, said)) : undefined;
}

function wordsIn(row: Row, sent: string): { message: string } | undefined {
  const { id: _, body, ...others } = row as Row & { body?: unknown };
  const isAlone = Object.values(others).every((value) => value === undefined);
  return isAlone && typeof body === 'string' && !isSameText(body, sent) ? { message: body } : undefined;
}

/** What stands there where nothing was set: the year 1, or 1970. */
const FIRST_REAL_MS = Date.UTC(2000, 0, 1);

/** @returns when it was made, where every time of it says that this was long before the call. */
export function madeLongBefore(
  { created, created_at }: { created?: unknown; created_at?: unknown },
  sent: SentWrite,
): string | undefined {
  const times = [created_at, (created as { at?: unknown } | null | undefined)?.at].filter(
    (at) => typeof at === 'string' && Date.parse(at) >= FIRST_REAL_MS,
  ) as string[];
  return times.every((at) => sent.isDaysOld(at)) ? times[0] : undefined;
}

function named({ id, title }: Row, said: Record<string, unknown>): Record<string, unknown> {
  const short = Object.entries(said).map(([name, value]) => {
    // The row itself, under a name that tells.
    const isIt = typeof value === 'object' && value !== null && id && (value as Row).id === id;
    return [name, isIt ? { id } : value];
  });
  return { id, title, ...Object.fromEntries(short) };
}
