/** A recorded request as a curl command: a shell gives the same request back, without anybody's secrets. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from '../../src/views/devtools-curl.ts';

const request = {
  method: 'POST',
  url: "https://mia:pw@x.example/a'b?q=1&api_key=KEY-SECRET&x=$(touch /tmp/never)",
  request_headers: {
    ':authority': 'x.example',
    accept: 'application/json',
    Cookie: 'sid=COOKIE-SECRET',
    Authorization: 'Bearer AUTH-SECRET',
    'X-Api-Key': 'HEADER-SECRET',
    'X-CSRF-Token': 'CSRF-SECRET',
    'content-length': '12',
    'bad name\n': 'x',
    note: "it's `here`",
  },
  request_body: JSON.stringify({
    name: "O'Neill",
    password: 'BODY-SECRET',
    deep: { token: 'DEEP-SECRET', n: 1 },
  }),
};

test('secrets are placeholders, and what curl makes itself is left out', () => {
  const command = curlOf(request);
  expect(command).not.toMatch(/SECRET|mia:pw|content-length|authority|bad name/);
  for (const said of [
    '<cookie>',
    '<authorization>',
    '<x-api-key>',
    '<api_key>',
    '<user>',
    '<password>',
    '<token>',
  ])
    expect(command).toContain(said);
  expect(command).toMatch(/^curl 'https:/);
});

test('a shell takes it as one command with those arguments: nothing in it runs', () => {
  const script = `curl() { printf '%s\\0' "$@"; }; ${curlOf(request)}`;
  const args = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
  expect(args[0]).toBe("https://<user>@x.example/a'b?q=1&api_key=<api_key>&x=$(touch /tmp/never)");
  expect(args).toContain("note: it's `here`");
  expect(JSON.parse(args.at(-1)!)).toEqual({
    name: "O'Neill",
    password: '<password>',
    deep: { token: '<token>', n: 1 },
  });
});

test('a form’s fields and a plain GET', () => {
  expect(curlOf({ method: 'GET', url: 'https://x.example/' })).toBe("curl 'https://x.example/'");
  expect(curlOf({ method: 'PUT', url: 'https://x.example/', request_body: 'a=1&session_id=S' })).toBe(
    "curl -X 'PUT' 'https://x.example/' \\\n  --data-raw 'a=1&session_id=<session_id>'",
  );
});
