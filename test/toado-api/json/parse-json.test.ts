import { expect, test } from 'vitest';
import { parseJson } from '../../../src/toado-api/json/parse-json.ts';

test('a text that ends in a number, whatever its length, is read to its end and no further', () => {
  for (let digits = 1; digits <= 40; digits++) {
    const number = '9'.repeat(digits);
    expect(parseJson(number)).toBe(digits < 16 ? Number(number) : number);
    // Cut in a number, as a body is whose connection broke.
    expect(() => parseJson(`{"id":${number}`)).toThrow(SyntaxError);
    expect(() => parseJson(`${' '.repeat(digits)}[-1.5e${number}`)).toThrow(SyntaxError);
  }
});
