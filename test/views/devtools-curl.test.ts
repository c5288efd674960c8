/** A recorded request as a curl command, without anybody's secrets. */
import { expect, test } from 'vitest';
import { curlOf } from '../../src/views/devtools-curl.ts';
import { request } from './recorded-request.ts';

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

test('a form’s fields and a plain GET', () => {
  expect(curlOf({ method: 'GET', url: 'https://x.example/' })).toBe("curl 'https://x.example/'");
  expect(curlOf({ method: 'PUT', url: 'https://x.example/', request_body: 'a=1&session_id=S' })).toBe(
    "curl -X 'PUT' 'https://x.example/' \\\n  --data-raw 'a=1&session_id=<session_id>'",
  );
});
