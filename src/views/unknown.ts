/** Fields that Toado adds one day are shown, too: behind the ones that are known. */
import { setField } from '../base/set-field.ts';

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
  for (const name in source) {
    if (!Object.hasOwn(whole, name) && !elsewhere.includes(name)) setField(whole, name, source[name]);
  }
  return whole;
}
