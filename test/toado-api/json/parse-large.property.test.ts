/** What is put together from pieces is what JSON.parse makes of the whole, and what that refuses is refused. */
import { describe, expect, test } from 'vitest';
import { Slices } from '../../../src/base/time-slices.ts';
import { isCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import { parseJson, parsePart } from '../../../src/toado-api/json/parse-json.ts';
import { parseLarge } from '../../../src/toado-api/json/parse-large.ts';
import { rounds } from '../../support/rounds.ts';

const parse = (text: string, maxItems?: number, maxRun?: number) =>
  parseLarge(text, new Slices(), { maxItems, ...(maxRun !== undefined && { maxRun }) });
/** The same numbers at every run. */
function randomly(seed: number) {
  let state = seed;
  const below = (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * most);
  };
  return { below, of: <One>(all: readonly One[]): One => all[below(all.length)]! };
}
type Random = ReturnType<typeof randomly>;

const SPACES = ['', '', ' ', '\n\t'];
const SCALARS = [
  ...['null', 'true', '0', '-1.5e-7', '98765432109876543210', '"a"', '""', '"\\""', '"\\\\"', '"},{"'],
  ...['"[,]"', '"😀\u2028"', '"a:b"', '{}', '[]', '[{}]'],
];
const NAMES = ['"a"', '"b"', '"…"', '"__proto__"', '"\\"}"', '""', '"1"'];

/** Some JSON: names stand twice in it, and spaces wherever they may. */
function written(random: Random, depth = 0): string {
  const space = () => random.of(SPACES);
  const kind = depth > 4 ? 0 : random.below(3);
  if (kind === 0) return random.of(SCALARS);
  const members = Array.from({ length: random.below(6) }, () => {
    const inner = written(random, depth + 1);
    return `${space()}${kind === 1 ? '' : `${random.of(NAMES)}${space()}:${space()}`}${inner}${space()}`;
  });
  return kind === 1 ? `[${members.join(',')}]` : `{${members.join(',')}}`;
}

async function outcome(run: () => unknown): Promise<{ is: unknown } | 'refused'> {
  try {
    return { is: await run() };
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return 'refused';
  }
}

describe('as JSON.parse does it', () => {
  test('whatever it is, in pieces of whatever size', async () => {
    for (let round = 0; round < rounds(200, 50_000); round++) {
      const random = randomly(round);
      const text = random.of(SPACES) + written(random) + random.of(SPACES);
      const made = await parse(text, undefined, random.below(12));
      expect(made, text).toStrictEqual(parseJson(text));
      // The order of the fields is the order in which they are shown.
      expect(JSON.stringify(made), text).toBe(JSON.stringify(parseJson(text)));
    }
  });

  test('what is damaged is refused where that refuses it', async () => {
    for (let round = 0; round < rounds(400, 100_000); round++) {
      const random = randomly(round);
      const whole = written(random);
      const at = random.below(whole.length + 1);
      const put = random.of(['', ',', '[', ']', '{', '}', '"', ':', ' ', '1', '\u00a0', '[],']);
      const text = whole.slice(0, at) + put + whole.slice(at + random.below(2));
      expect(await outcome(() => parse(text, undefined, random.below(12))), text).toStrictEqual(
        await outcome(() => parseJson(text)),
      );
    }
  });
});

describe('what nobody could show is left out, and its place says so', () => {
  test('fields beyond 5,000, also of a small object, and of nothing inside of what is left out', async () => {
    const wide = Object.fromEntries(
      Array.from({ length: 7_000 }, (_, at) => [`f"\\${at}`, { at: [at, '}'] }]),
    );
    const made = (await parse(JSON.stringify({ first: 1, wide, column_id: 'col_1' }))) as typeof wide;
    expect(made).toMatchObject({ first: 1, column_id: 'col_1' });
    expect(Object.keys(made.wide!)).toHaveLength(5_001);
    expect(made.wide).toMatchObject({
      'f"\\4999': { at: [4999, '}'] },
      '…': '2000 more fields, which were not read',
    });
  });

  test('but for the fields that say whether it is what it seems', async () => {
    const wide = Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`f${at}`, at]));
    const inner = { ...wide, error: { code: 'forbidden', in: [1, { ok: 2 }] }, ok: false };
    const made = await parse(JSON.stringify({ ...inner, nested: { status: 'x' }, results: [inner] }));
    expect(made).toMatchObject({ f4999: 4999, error: inner.error, ok: false });
    expect(made).not.toHaveProperty('status');
    expect(made).not.toHaveProperty('results');
  });

  test('items beyond a million, or what a list of rows may have', async () => {
    const text = JSON.stringify({ items: Array.from({ length: 25 }, (_, at) => ({ at })), cursor: 'c' });
    const made = (await parse(text, 10)) as { items: unknown[]; cursor: string };
    expect(made.items).toStrictEqual([
      ...Array.from({ length: 10 }, (_, at) => ({ at })),
      '… 15 more, which were not read',
    ]);
    expect(made.cursor).toBe('c');
    expect(isCut(made.items)).toBe(true);
    const many = (await parse(`[${'0,'.repeat(1_000_000)}1]`)) as unknown[];
    expect(many.slice(-2)).toEqual([0, '… 1 more, which were not read']);
  });

  test('levels beyond 500', async () => {
    const deep = `{"a":[1,${'['.repeat(1e6)}${']'.repeat(1e6)},2],"b":3}`;
    let made = (await parse(deep)) as { a: unknown[]; b: number };
    expect(made.b).toBe(3);
    expect(made.a).toHaveLength(3);
    let levels = 0;
    for (let one: unknown = made.a[1]; Array.isArray(one); [one] = one) levels++;
    expect(levels).toBeGreaterThan(400);
    made = (await parse(`[${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}]`)) as never;
    expect(JSON.stringify(made)).toContain('"… nested too deep to be read"');
    await expect(parse('['.repeat(1e6))).rejects.toThrow(SyntaxError);
  });
});

test('the beginning of what broke off is read in no more time than its length takes', () => {
  const began = performance.now();
  expect(parsePart('['.repeat(250_000))).toBeDefined();
  expect(parsePart(`{"id":"a","b":[${'['.repeat(1e6)}`)).toMatchObject({ id: 'a' });
  expect(performance.now() - began).toBeLessThan(2_000);
});
