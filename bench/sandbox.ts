/** The sandbox: how soon it is there, how much it answers, how that grows with the board. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { many } from './call.ts';
import { helper } from './child.ts';
import { median, quantile, short, table } from './statistics.ts';

const SIZES = [100, 1_000, 10_000, 20_000];
const BIG = fileURLToPath(new URL('fixtures/big-sandbox.ts', import.meta.url));

/** What a ticket with very many comments costs, as a multiple of what a small one does. */
async function benchComments(
  pool: Pool,
  base: string,
  get: (target: string) => Promise<number>,
): Promise<{ write: string; read: string }> {
  const write = async (ticket: string) => {
    const from = performance.now();
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: `${base}/tickets/${ticket}/comments`,
      headers: { authorization: 'Bearer tok_sandbox_triage', 'content-type': 'application/json' },
      body: '{"body":"One more."}',
    });
    await body.text();
    if (statusCode !== 201) throw new Error(`a comment: ${statusCode}`);
    return performance.now() - from;
  };
  const page = (ticket: string) => get(`/tickets/${ticket}/comments?limit=50`);
  const times: number[][] = [[], [], [], []];
  // Taken in turns, so that whatever else the machine does falls on both.
  for (let at = 0; at < 120; at++) {
    times[0]!.push(await write('t-000000'));
    times[1]!.push(await write('t-000002'));
    times[2]!.push(await page('t-000000'));
    times[3]!.push(await page('t-000001'));
  }
  const [many, none, long, short50] = times.map(median);
  return { write: `${short(many! / none!)} ×`, read: `${short(long! / short50!)} ×` };
}

export async function benchSandbox(program: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-bench-'));
  try {
    const starts = { first: [] as number[], later: [] as number[] };
    for (let round = 0; round < 5; round++) {
      const args = [program, 'sandbox', '--port', '0', '--db', join(folder, `start-${round}.db`)];
      for (const kind of ['first', 'later'] as const) {
        const { ms, end } = await helper(args);
        starts[kind].push(ms);
        await end();
      }
    }
    const rows: string[][] = [];
    let reads = '';
    let commented = { write: '', read: '' };
    for (const size of SIZES) {
      const { line, end } = await helper(['--import', 'tsx', BIG, String(size), join(folder, `${size}.db`)]);
      const { apiUrl, project, column } = JSON.parse(line) as {
        apiUrl: string;
        project: string;
        column: string;
      };
      const { origin, pathname } = new URL(apiUrl);
      const pool = new Pool(origin, { connections: 32 });
      const get = async (target: string) => {
        const from = performance.now();
        const { statusCode, body } = await pool.request({
          method: 'GET',
          path: pathname + target,
          headers: { authorization: 'Bearer tok_sandbox_triage' },
        });
        const text = await body.text();
        if (statusCode !== 200) throw new Error(`${target}: ${statusCode} ${text}`);
        return performance.now() - from;
      };
      const cells = [size.toLocaleString('en')];
      for (const target of [
        `/projects/${project}/tickets`,
        `/projects/${project}/tickets?column_id=${column}&limit=100`,
        '/tickets/search?query=checkout%20safari',
        `/tickets/search?query=%22${(size - 1).toString()}%22`,
      ]) {
        const times: number[] = [];
        for (let at = 0; at < 60; at++) {
          const ms = await get(target);
          if (at >= 10) times.push(ms);
        }
        cells.push(`${short(median(times))} (p99 ${short(quantile(times, 0.99))})`);
      }
      rows.push(cells);
      if (size === 1_000) {
        commented = await benchComments(pool, pathname, get);
        const read = () => get('/tickets/t-000001?include=capture');
        await many(1_000, read, 32);
        const from = performance.now();
        await many(5_000, read, 32);
        reads = short(5_000 / ((performance.now() - from) / 1000));
      }
      await pool.destroy();
      await end();
    }
    return [
      table(
        ['what', 'measured', 'aim'],
        [
          ['first start, seeded, ms', short(median(starts.first)), '≤ 1,500'],
          ['later start, ms', short(median(starts.later)), '≤ 300'],
          ['reads a second (get_ticket, 32 at a time)', reads, '≥ 2,000'],
          ['a comment where there are 2,000, beside one where there are none', commented.write, '≤ 1.5 ×'],
          ['a page of 2,000 comments, beside one of 50', commented.read, '≤ 1.5 ×'],
        ],
      ),
      '',
      table(
        [
          'tickets on the board',
          'list a page of 50, ms',
          'list a column, 100, ms',
          'search two words, ms',
          'search one ticket, ms',
        ],
        rows,
      ),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
