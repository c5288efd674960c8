/** Files that a person wrote with whatever editor, or put together from pieces. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Redactor, secrets } from '../../src/respond/redact-token.ts';
import { readApiMapFile } from '../../src/settings/api-map-file.ts';
import { hideTokensIn } from '../../src/settings/hide-tokens.ts';
import { temporaryFolder } from '../support/temporary.ts';

const MAP = '{"fields":\r\n{"ticket":{"title":"Überschrift//\\"id\\":1"}}}';

function read(bytes: Buffer | string) {
  const file = join(temporaryFolder(), 'map.json');
  writeFileSync(file, bytes);
  return readApiMapFile(file, '--api-map')?.map;
}

const little = Buffer.from(`\ufeff${MAP}`, 'utf16le');

test.each([
  ['a mark before it', Buffer.from(`\ufeff${MAP}`)],
  ['UTF-16, as Windows PowerShell writes', little],
  ['UTF-16, the other way round', Buffer.from(little).swap16()],
])('is read: %s', (_, bytes) => {
  expect(read(bytes)?.fields.ticket).toEqual({ title: 'Überschrift//"id":1' });
});

test.each<[what: string, bytes: Buffer | string, says: RegExp]>([
  ['nothing', '', /map\.json is not JSON: it is empty\.$/],
  ['only space', '\r\n', /it is empty\.$/],
  ['a comment', `// mine\n${MAP}`, /is not JSON, which has no comments/],
  ['a comment behind it', `${MAP} /* mine */`, /is not JSON, which has no comments/],
  ['a comma too many', '{"routes": {},}', /is not JSON \(at [^)]+\)\.$/],
  [
    'an address that isn’t closed',
    '{"$schema": "https://x.example',
    /is not JSON(?!, which has no comments)/,
  ],
  ['another encoding', Buffer.from(MAP, 'latin1'), /map\.json is not written in UTF-8\.$/],
  ['a part twice', '{"routes": {}, "fields": {}, "routes": {}}', /has "routes" twice in one place/],
  [
    'a field twice, once escaped',
    '{"fields": {"ticket": {"title": "a", "id": "{", "t\\u0069tle" : "b"}}}',
    /has "title" twice in one place: put them together\.$/,
  ],
  ['a text', '"routes"', /the map must be an object/],
])('is refused in a line: %s', (_, bytes, says) => {
  expect(() => read(bytes)).toThrow(says);
  expect(() => read(bytes)).toThrow(/^--api-map: [^\n]+$/);
});

test('one name in several places is no name twice', () => {
  const fields = { ticket: { id: 'id' }, person: { id: 'key' } };
  expect(read(JSON.stringify({ fields }))?.fields).toEqual(fields);
});

test('a text full of what looks like tokens hides all of them, in no time', { timeout: 5_000 }, () => {
  const from = new Redactor();
  const tokens = Array.from({ length: 30_000 }, (_, at) => `tok_${at}`).join(' ');
  hideTokensIn(tokens, from);
  expect(from.redact(`x tok_17, tok_29999: ${tokens}`)).not.toContain('tok_');
  const few = new Redactor();
  hideTokensIn('tok_one tok_two,', few);
  expect(few.redact('tok_one tok_two tok_three')).toBe('[redacted token] [redacted token] tok_three');
});

test('a token that stands in a map is said nowhere', () => {
  read('{"fields": {"ticket": {"title": "tok_in_a_map"}}}');
  expect(secrets.redact('tok_in_a_map')).toBe('[redacted token]');
});

test('a name that names no file', () => {
  expect(() => readApiMapFile('', '--api-map')).toThrow(/^--api-map names no file\.$/);
  expect(readApiMapFile(undefined, '--api-map')).toBeUndefined();
});
