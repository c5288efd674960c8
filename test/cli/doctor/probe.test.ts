/** `doctor --probe`: what this Toado answers, route by route, without any value of it. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runHere, runToEnd } from '../../support/command.ts';
import { listen } from '../../support/listen.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { startToado, type Toado } from '../../support/toado.ts';
import { expectNothingOf, type Probed, probe, reads, verdicts } from './probe.ts';

describe('the contract’s own form', () => {
  test('every read is confirmed, no write is tried, at most thirty requests', async () => {
    const toado = await startToado();
    const before = JSON.stringify((await toado.request('GET', '/projects/proj_storefront/tickets')).body);
    const { routes, headers, requests, report } = await probe(toado);
    expect(verdicts(routes)).toEqual(new Set(['confirmed']));
    expect(reads(routes).every(({ status }) => status === 200)).toBe(true);
    const writes = routes.filter(({ method }) => method !== 'GET');
    expect(new Set(writes.map(({ verdict }) => verdict))).toEqual(new Set(['not probed']));
    expect(headers).toMatchObject({ 'rate limit': true, etag: true });
    expect(requests).toBeLessThanOrEqual(30);
    await expectNothingOf(toado, report);
    const after = JSON.stringify((await toado.request('GET', '/projects/proj_storefront/tickets')).body);
    expect(after).toBe(before);
  });

  test('for a person: a line each, and nothing of the token', async () => {
    const toado = await startToado();
    const { stdout, code } = await runToEnd(['doctor', '--probe'], { env: toado.env('reader') });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^confirmed +GET \/auth\/token-info +200/m);
    expect(stdout).toMatch(/^not probed +POST \/tickets\/bulk-move/m);
    await expectNothingOf(toado, stdout.slice(stdout.indexOf('verdict')), 'reader');
  });

  test('--report alone is a mistake that is said', async () => {
    const { code, stderr } = await runToEnd(['doctor', '--report', 'x.md']);
    expect(code).toBe(2);
    expect(stderr).toContain('--probe');
  });
});

/** The same Toado with other paths: `pathOf` says which of its own is meant, if any. @returns its API's address. */
async function behind(toado: Toado, pathOf: (path: string) => string | undefined): Promise<string> {
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url!);
    if (path === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"message":"no such route"}');
      return;
    }
    const { authorization = '' } = request.headers;
    const answer = await fetch(new URL(toado.apiUrl).origin + path, { headers: { authorization } });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  return `http://127.0.0.1:${await listen(server)}/api/v1`;
}

test('a route that isn’t there is said, with a map to start from', async () => {
  const toado = await startToado();
  const { routes, report } = await probe(toado, 'one-project');
  expect(verdicts(routes)).toEqual(new Set(['confirmed']));
  expect(report).not.toContain('--api-map');
  const TOADO_API_URL = await behind(toado, (path) => (path.endsWith('/members') ? undefined : path));
  const { stdout } = await runHere(['doctor', '--probe'], { ...toado.env(), TOADO_API_URL });
  expect(stdout).toMatch(/^not there +GET \/projects\/\{project_id\}\/members +404/m);
  expect(stdout).toContain('"listMembers": {');
  expect(stdout).toContain('--api-map');
  expect(stdout).toMatch(/^1 to look at: routes\.$/m);
  // The ticket's route answers, but with something else.
  const other = await behind(toado, (path) => path.replace(/(\/tickets\/t-\w+)(\?.*)?$/, '$1/annotations'));
  const unread = await runHere(['doctor', '--probe'], { ...toado.env(), TOADO_API_URL: other });
  expect(unread.code).toBe(1);
  expect(unread.stdout).toMatch(/not understood: GET \/tickets\/\{ticket_id\}/);
  expect(unread.stdout).toMatch(/1 failed: answers/);
});

test('a route on another path is mended by a map', async () => {
  const toado = await startToado();
  // Here members are people.
  const TOADO_API_URL = await behind(toado, (path) =>
    path.endsWith('/members') ? undefined : path.replace(/\/people$/, '/members'),
  );
  const map = join(temporaryFolder(), 'map.json');
  writeFileSync(map, JSON.stringify({ routes: { listMembers: { path: '/projects/{project_id}/people' } } }));
  const env = { ...toado.env(), TOADO_API_URL };
  const missing = await runHere(['doctor', '--probe', '--json'], env);
  const mended = await runHere(['doctor', '--probe', '--json', '--api-map', map], env);
  const members = ({ stdout }: { stdout: string }) =>
    (JSON.parse(stdout) as { probe: { routes: Probed[] } }).probe.routes.find(
      ({ route }) => route === 'listMembers',
    )!;
  expect(members(missing).verdict).toBe('not there');
  expect(members(mended).verdict).toBe('confirmed');
});
