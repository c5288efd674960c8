/** `JSON.stringify` calls itself for each level: what is nested thousands of levels deep exhausts the stack. */
const MAX_DEPTH = 64;

/** JSON of whatever came in as JSON: where it is nested too deep for that, without what lies deeper. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return JSON.stringify(cutOff(value, 0)) ?? String(value);
  }
}

function cutOff(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((one) => cutOff(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cutOff(one, depth + 1)]));
}
