/** Fields that Toado adds one day are shown, too: behind the ones that are known. */
import { setField } from '../base/set-field.ts';

/** More than any answer shows, and than any Toado has. */
const MAX_UNKNOWN = 1_000;

/**
 * @param view names every field that is known, be it with undefined.
 * @param elsewhere fields of the source that are shown in another way, or not at all.
 */
export function withUnknown<View extends object>(
  view: View,
  source: Record<string, unknown>,
  elsewhere: readonly string[] = [],
): View & Record<string, unknown> {
  const whole = view as View & Record<string, unknown>;
  let unknown = 0;
  for (const name in source) {
    if (Object.hasOwn(whole, name) || elsewhere.includes(name)) continue;
    if (++unknown > MAX_UNKNOWN) break;
    setField(whole, name, source[name]);
  }
  return whole;
}
