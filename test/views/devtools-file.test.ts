/** A panel as a file: HAR that keeps to its specification whatever was recorded, and nobody's secrets. */
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { Slices } from '../../src/base/time-slices.ts';
import { secrets } from '../../src/respond/redact-token.ts';
import type { Entry, ListPanel } from '../../src/views/devtools.ts';
import { contentsOf, writePanel, writePerformance } from '../../src/views/devtools-file.ts';

/** The specification as JSON Schemas. */
const schemas: Record<string, object> = createRequire(import.meta.url)('har-schema');

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addMetaSchema(draft6);
ajv.addSchema(Object.values(schemas));
const isHar = ajv.getSchema('har.json#')!;

async function written(panel: ListPanel, entries: Entry[], capture = {}): Promise<string> {
  let text = '';
  const numbers = new Map(entries.map((entry, at) => [entry, at + 1]));
  const sink = async (piece: string) => {
    text += piece;
  };
  await writePanel({ panel, entries, numbers, capture }, sink, new Slices());
  return text;
}

const ODD: Entry[] = [
  {},
  { url: 'not an address', status: 0, started_at: 12.5 },
  { entry: 'not an object' },
  {
    method: 'post',
    url: 'https://x.example/?a=1&a=2',
    status: 200,
    timing: { duration: 3.5 },
    timestamp: 1.7e12,
  },
  {
    url: null,
    status: '404',
    request_headers: 'Host: x\r\nCookie: sid=S1\r\n',
    response_headers: [['a', 1]],
  },
  { url: 'https://x.example', startedAt: 'never', duration_ms: -4, response_size: 1.5, status: 304 },
  { request: { deep: true }, response_body: { json: [1] }, request_body: 'a=b', _entry: 'x', _error: 1 },
];

test('HAR 1.2 as its schema wants it, of whatever was recorded', async () => {
  for (const capture of [{}, { captured_at: '2026-01-02T03:04:05Z', page_title: 'T', browser: 'B 1' }]) {
    const har = JSON.parse(await written('network', ODD, capture));
    expect(isHar(har), JSON.stringify(isHar.errors)).toBe(true);
    expect(har.log.entries).toHaveLength(ODD.length);
    expect(har.log.entries[3].request.queryString).toEqual([
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
    ]);
    // Without this, the schema could be one that takes anything.
    har.log.entries[0].request.headersSize = 'x';
    expect(isHar(har)).toBe(false);
  }
});

test('an entry keeps what was recorded of it', async () => {
  const har = JSON.parse(
    await written('network', [
      {
        method: 'POST',
        url: 'https://x.example/api?q=%C3%A9',
        status: 422,
        started_at: '2026-01-02T03:04:05.678Z',
        duration_ms: 12.5,
        response_size: 40,
        request_headers: { 'content-type': 'application/json' },
        response_headers: { 'Content-Type': 'text/plain', location: '/else' },
        request_body: '{"a":1}',
        response_body: 'no: é',
        initiator: 'app.js:1',
      },
    ]),
  );
  expect(har.log.entries[0]).toMatchObject({
    _entry: 1,
    startedDateTime: '2026-01-02T03:04:05.678Z',
    time: 12.5,
    request: {
      method: 'POST',
      queryString: [{ name: 'q', value: 'é' }],
      postData: { mimeType: 'application/json', text: '{"a":1}' },
    },
    response: {
      status: 422,
      content: { size: 40, mimeType: 'text/plain', text: 'no: é' },
      redirectURL: '/else',
    },
    _initiator: 'app.js:1',
  });
});

const SECRET = 'SECRET-OF-A-PERSON';
test.each([
  ['an object', { Cookie: SECRET, 'set-cookie': [SECRET, SECRET], AUTHORIZATION: `Bearer ${SECRET}` }],
  [
    'names and values',
    [
      { name: 'Cookie', value: SECRET },
      { value: SECRET, name: 'Set-Cookie' },
    ],
  ],
  [
    'pairs',
    [
      ['authorization', SECRET],
      ['Proxy-Authorization', SECRET],
    ],
  ],
  ['one text', `GET / HTTP/1.1\r\nCookie: ${SECRET}\r\nAuthorization: Basic ${SECRET}\r\n`],
])('what signs somebody in loses its value: headers as %s', async (_, headers) => {
  const entry = {
    url: 'https://x.example/',
    request_headers: headers,
    response_headers: headers,
    cookies: [{ name: 'sid', value: SECRET }],
    raw_headers: headers,
    request: { headers, cookies: { sid: SECRET } },
  };
  const text = await written('network', [entry]);
  expect(text).not.toContain(SECRET);
  expect(text).toContain('[value removed]');
  expect(text.toLowerCase()).toMatch(/cookie|authorization/);
  expect(isHar(JSON.parse(text))).toBe(true);
  expect(await written('console', [{ level: 'log', args: [{ headers }] }])).not.toContain(SECRET);
});

test('lines that are JSON each, with the numbers by which get_devtools knows them', async () => {
  const entries = [
    { level: 'error', args: ['two\nlines \u2028 here', { a: 1 }], at: '2026-01-02T03:04:05Z' },
    { entry: 'odd' },
    { type: 'warning', message: 'hidden \u202e order', n: 7 },
  ];
  const lines = (await written('console', entries)).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { n: 1, level: 'error', args: ['two\nlines ⟦U+2028⟧ here', { a: 1 }] },
    { n: 2, entry: 'odd' },
    { n: 3, args: ['hidden ⟦U+202E⟧ order'] },
  ]);
  expect(await contentsOf('console', entries, new Slices())).toMatchObject({
    counts: { entries: 3, errors: 1, warnings: 1 },
  });
});

test('our token is in none of them, wherever it stands', async () => {
  const token = 'tok_devtools_file_secret_0123456789';
  secrets.add(token);
  const long = `${'x'.repeat(16 * 1024 - 10)}${token}${'y'.repeat(20_000)}`;
  const entry = {
    url: `https://x.example/${token}`,
    response_body: long,
    [token]: { a: [encodeURIComponent(token)] },
  };
  for (const panel of ['network', 'console', 'errors'] as const)
    expect(await written(panel, [entry])).not.toContain(token);
  let text = '';
  await writePerformance(
    { performance: { [token]: [token] } },
    async (piece) => {
      text += piece;
    },
    new Slices(),
  );
  expect(text).not.toContain(token);
  expect(JSON.parse(text)).toEqual({ '[redacted token]': ['[redacted token]'] });
});
