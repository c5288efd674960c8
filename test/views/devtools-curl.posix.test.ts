/** A recorded request as a curl command: a shell gives the same request back. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from '../../src/views/devtools-curl.ts';
import { request } from './recorded-request.ts';

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
