/** What gives way where an answer is too large, in which order, and that all that is left out is counted. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json-object.ts';
import { Slices } from '../../src/base/time-slices.ts';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { fitBudget } from '../../src/respond/fit-budget.ts';
import { namesOn, pathOfOwn } from '../../src/respond/list-path.ts';

const sizeOf = (data: JsonObject) => estimateTokens(JSON.stringify(data));

interface More {
  lengths?: [path: string, of: number][];
  omitted?: number;
  from?: number;
}

async function fitted(data: JsonObject, tokens: number, { lengths = [], omitted = 0, from }: More = {}) {
  const before = structuredClone(data);
  const leftOut = { lengths: new Map(lengths.map(([path, of]) => [pathOfOwn(path), of])), omitted };
  const answer = await fitBudget(data, leftOut, tokens, from, sizeOf, new Slices());
  // What was handed over is somebody else's.
  expect(data).toEqual(before);
  const cut = [...answer.cut].map(([path, counts]) => [namesOn(path).join('.'), counts] as const);
  return { ...answer, cut: Object.fromEntries(cut), size: sizeOf(answer.data) };
}
const rows = (count: number, text = 'some words of a row') =>
  Array.from({ length: count }, (_, at) => ({ id: `t-${at}`, text }));

test('what fits is left as it is', async () => {
  const data = { items: rows(3), note: 'x' };
  expect(await fitted(data, sizeOf(data))).toMatchObject({ data, cut: {}, shortened: false, pruned: 0 });
});

describe('lists', () => {
  test('as many rows as fit, counted', async () => {
    const { data, cut, size } = await fitted({ items: rows(200) }, 600);
    const { shown } = cut['items']!;
    expect(cut).toEqual({ items: { shown, of: 200 } });
    expect(data.items).toEqual(rows(200).slice(0, shown));
    expect(size).toBeLessThanOrEqual(600);
    // And not far fewer than would.
    expect(sizeOf({ items: rows(shown + 3) })).toBeGreaterThan(600);
  });

  test('what small ones leave is the large ones’', async () => {
    const { data, cut, size } = await fitted(
      { large: rows(300), few: rows(3), deep: { two: rows(200) } },
      900,
    );
    expect(data.few).toHaveLength(3);
    expect(Object.keys(cut).sort()).toEqual(['deep.two', 'large']);
    expect(Math.abs(cut['large']!.shown - cut['deep.two']!.shown)).toBeLessThanOrEqual(3);
    expect(size).toBeLessThanOrEqual(900);
    expect(size).toBeGreaterThan(800);
  });

  test('where one row takes more than its share, the largest of the others give way', async () => {
    const one = [Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field${at}`, at]))];
    const few = rows(10);
    const share = sizeOf({ one }) + sizeOf({ few });
    const just = await fitted({ few, one }, share - 50);
    expect(just).toMatchObject({ data: { one }, shortened: false, pruned: 0 });
    expect(Object.keys(just.cut)).toEqual(['few']);
    expect(just.cut.few!.shown).toBeGreaterThan(3);
    const { data, cut, pruned } = await fitted({ few, more: rows(20), one }, share + 100);
    expect([data.few, data.one, Object.keys(cut), pruned]).toEqual([few, one, ['more'], 0]);
  });

  test('what is whole and small stays, where a list of one row needs what another was given', async () => {
    const one = [Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`field${at}`, at]))];
    const few = rows(4);
    const { data, cut } = await fitted({ few, more: rows(20), one }, sizeOf({ few, one }) + 60);
    expect([data.few, data.one, Object.keys(cut)]).toEqual([few, one, ['more']]);
  });

  test('one row at least of each', async () => {
    const { data, cut } = await fitted({ one: rows(5), other: rows(9) }, 12);
    expect([data.one, data.other]).toEqual([rows(1), rows(1)]);
    expect(cut).toEqual({ one: { shown: 1, of: 5 }, other: { shown: 1, of: 9 } });
  });

  test('one of which rows were left out before is counted by what it had', async () => {
    const { cut } = await fitted({ items: rows(4), deep: { items: rows(50) } }, 300, {
      lengths: [
        ['items', 4_000],
        ['deep.items', 500],
      ],
      omitted: 7,
    });
    expect(cut['items']).toEqual({ shown: 4, of: 4_000 });
    expect(cut['deep.items']).toEqual({ shown: expect.any(Number), of: 500 });
    expect(cut['deep.items']!.shown).toBeLessThan(50);
    expect((await fitted({ items: rows(4) }, 300, { omitted: 7 })).pruned).toBe(7);
  });
});

describe('texts', () => {
  test('are shortened before a single row is, by no more than is needed', async () => {
    const long = 'one two three four '.repeat(400);
    const { data, shortened, size, cut, pruned } = await fitted(
      { text: long, more: [{ text: long }] },
      1_500,
    );
    expect([shortened, cut, pruned]).toEqual([true, {}, 0]);
    expect(data.text).toMatch(/^one two three .*characters left out here …\].* four $/s);
    expect(size).toBeLessThanOrEqual(1_500);
    expect(size).toBeGreaterThan(600);
  });

  test('many are shortened by halves until they fit, and no further', async () => {
    const long = 'one two three four '.repeat(400);
    const texts = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`text${at}`, long]));
    const { size, cut, pruned } = await fitted(texts, 1_500);
    expect([cut, pruned]).toEqual([{}, 0]);
    expect(size).toBeLessThanOrEqual(1_500);
    expect(size).toBeGreaterThan(700);
  });

  test('where a tool takes text_from, it is said how to go on', async () => {
    const long = 'one two three four '.repeat(400);
    expect((await fitted({ text: long }, 500, { from: 0 })).data.text).toMatch(/; text_from \d+ goes on/);
    expect((await fitted({ text: long }, 500)).data.text).not.toMatch(/text_from/);
  });

  test('no text is shortened where leaving out rows is enough', async () => {
    const { shortened, cut } = await fitted({ items: rows(100, 'x y '.repeat(30)) }, 800);
    expect([shortened, cut['items']!.shown > 1]).toEqual([false, true]);
  });
});

describe('a single row that is too large', () => {
  test('is thinned: what lies inside is counted, what stands first stays', async () => {
    const row = { id: 't-1', tags: Array.from({ length: 900 }, (_, at) => `tag ${at}`) };
    const { data, pruned, size } = await fitted({ items: [row] }, 400);
    const [{ id, tags }] = data.items as [typeof row];
    expect(id).toBe('t-1');
    expect(tags).toEqual(row.tags.slice(0, tags.length));
    expect(pruned).toBe(900 - tags.length);
    expect(size).toBeLessThanOrEqual(400);
    expect(tags.length).toBeGreaterThanOrEqual(16);
  });

  test('keeps its first fields, and of what is nested deep nothing', async () => {
    const fields = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field${at}`, `word ${at}`]));
    const nest = (depth: number): JsonObject =>
      depth === 0 ? { text: 'x '.repeat(50) } : { in: nest(depth - 1) };
    const { data, pruned } = await fitted(
      { items: [{ ...fields, deep: nest(9), list: [[[[[[[['x']]]]]]]] }] },
      260,
    );
    const [row] = data.items as [JsonObject];
    expect(Object.keys(row)).toEqual(Object.keys(fields).slice(0, 24));
    expect(pruned).toBe(60 + 2 - 24);
    const { data: flat, pruned: levels } = await fitted(
      { items: [{ deep: nest(9), text: 'x '.repeat(400) }] },
      40,
    );
    expect(JSON.stringify((flat.items as JsonObject[])[0]!.deep)).toBe(
      '{"in":{"in":{"in":{"in":{"in":{}}}}}}',
    );
    expect(levels).toBe(1);
  });

  test.each([
    500, 700, 1_000,
  ])('of twenty fields of costly texts keeps as many as %i tokens hold', async (tokens) => {
    const text = '😀漢字'.repeat(200);
    const fields = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`field_of_a_long_name_${at}`, text]),
    );
    for (const row of [
      { id: 't-1', title: text, ...fields },
      { items: [{ id: 't-1', title: text, ...fields }] },
    ]) {
      const { data, size, pruned } = await fitted(row, tokens);
      expect(size).toBeLessThanOrEqual(tokens);
      const { id, ...kept } = 'items' in data ? (data.items as JsonObject[])[0]! : data;
      expect(id).toBe('t-1');
      expect(pruned).toBe(21 - Object.keys(kept).length);
    }
  });

  test('no more of its fields than need be', async () => {
    const text = '😀漢字'.repeat(200);
    const fields = Array.from({ length: 20 }, (_, at) => [`field_of_a_long_name_${at}`, text]);
    const { size } = await fitted({ id: 't-1', title: text, ...Object.fromEntries(fields) }, 1_000);
    expect(size).toBeGreaterThan(800);
  });

  test('what still doesn’t fit has its texts cut to a few words', async () => {
    const { data } = await fitted(
      { items: [{ a: 'x '.repeat(500), b: 'y '.repeat(500), c: 'z '.repeat(500) }] },
      30,
    );
    for (const text of Object.values((data.items as Record<string, string>[])[0]!))
      expect(text.length).toBeLessThan(140);
  });
});
