/** Calls: ours against the hand-written proxy, the SDK alone and bare requests, in turns. */
import { Pool } from 'undici';
import { type Candidate, Child, TOKEN } from './child.ts';
import { median, quantile, ratio, short, table } from './statistics.ts';

export interface Api {
  /** `http://127.0.0.1:1234` */
  origin: string;
  /** The address under which it answers 20 ms later. */
  slow: string;
  fast: string;
}

type At = (apiUrl: string) => Candidate;

interface Servers {
  ours: At;
  proxyAt: At;
  /** What takes its turns at single calls, too: the SDK alone, and other builds of this server. */
  besides: At[];
}

const WARM_UP = 500;
const ROUNDS = 30;
const PER_ROUND = 60;
/** Three processes share the cores, so one round says little. */
const RATE_ROUNDS = 30;
const AT_ONCE = 32;
/** Processes of each, whose first calls are looked at. */
const SESSIONS = 11;
const YOUNG_CALLS = 50;
const READ = { ticket_id: 't-aaaaaa' };

export async function benchCalls(
  node: string,
  { origin, slow, fast }: Api,
  { ours, proxyAt, besides }: Servers,
): Promise<string> {
  const pool = new Pool(origin, { connections: 64 });
  const headers = { authorization: `Bearer ${TOKEN}`, accept: 'application/json' };
  const bare = async (apiUrl: string, target: string) => {
    const from = performance.now();
    const path = new URL(apiUrl).pathname + target;
    const { body } = await pool.request({ method: 'GET', path, headers });
    JSON.parse(await body.text());
    return performance.now() - from;
  };
  const rows: string[][] = [];

  const [them, us, ...others] = [proxyAt, ours, ...besides].map((at) => racer(node, at(fast))) as [
    Racer,
    Racer,
    ...Racer[],
  ];
  for (const { child } of [them, us, ...others]) {
    await child.initialize();
    await child.request('tools/list');
    await many(WARM_UP, () => child.call('get_ticket', READ));
  }
  for (const [what, tool, args] of [
    ['read (get_ticket)', 'get_ticket', READ],
    // The text that the API answers with: of another one, more would be said.
    ['write (add_comment)', 'add_comment', { ticket_id: 't-aaaaaa', body: 'seen' }],
  ] as const) {
    const [proxy, ...servers] = await inTurns([them, us, ...others], ROUNDS, async ({ child }, add) => {
      for (let at = 0; at < PER_ROUND; at++) add(await child.call(tool, args));
    });
    rows.push(...against([`${what}, p50, ms`, '≤ 1.75 ×'], ['proxy', median(proxy!)], servers, others));
    const [p99, proxyP99] = [quantile(servers[0]!, 0.99), quantile(proxy!, 0.99)];
    rows.push([`${what}, p99, ms`, short(p99), `proxy ${short(proxyP99)}`, ratio(p99, proxyP99), '']);
  }

  rows.push(...(await benchYoungSessions(node, ours(fast), proxyAt(fast))));

  const [proxyRates, ...rates] = await inTurns([them, us, ...others], RATE_ROUNDS, async ({ child }, add) =>
    add(await rate(child)),
  );
  const perSecond = `calls a second, ${AT_ONCE} at a time`;
  rows.push(...against([perSecond, '≥ 0.35 ×'], ['proxy', median(proxyRates!)], rates, others));
  for (const { child } of others) await child.end();

  const bigArgs = { ticket_id: 't-bigBIG', include: ['devtools'] };
  const big = { us: [] as number[], bare: [] as number[] };
  for (let round = -3; round < 40; round++) {
    const [b, u] = [
      await bare(fast, '/tickets/t-bigBIG?include=capture,devtools'),
      await us.child.call('get_ticket', bigArgs),
    ];
    if (round < 0) continue;
    big.bare.push(b);
    big.us.push(u);
  }
  rows.push([
    '2 MB ticket, p50, ms',
    short(median(big.us)),
    `fetch and parse ${short(median(big.bare))}`,
    ratio(median(big.us), median(big.bare)),
    '≤ 1.75 ×',
  ]);
  await Promise.all([us.child.end(), them.child.end()]);

  const [far, ...otherFar] = [ours, ...besides].map((at) => racer(node, at(slow))) as [Racer, ...Racer[]];
  for (const { child } of [far, ...otherFar]) {
    await child.initialize();
    await many(200, () => child.call('get_ticket', READ));
  }
  const [alone, ...farTimes] = await inTurns([undefined, far, ...otherFar], 12, async (one, add) => {
    for (let at = 0; at < 10; at++)
      add(await (one ? one.child.call('get_ticket', READ) : bare(slow, '/tickets/t-aaaaaa?include=capture')));
  });
  rows.push(
    ...against(['API 20 ms away, p50, ms', '≤ 1.06 ×'], ['bare request', median(alone!)], farTimes, otherFar),
  );
  for (const { child } of otherFar) await child.end();
  const crowd = performance.now();
  await many(1_280, () => far.child.call('get_ticket', READ), 64);
  rows.push([
    'API 20 ms away, calls a second, 64 at a time',
    short(1_280 / ((performance.now() - crowd) / 1000)),
    '',
    '',
    '',
  ]);
  const moved = async () => Number(await (await pool.request({ method: 'GET', path: '/bytes' })).body.text());
  await far.child.call('get_ticket', { ticket_id: 't-etagET' });
  const before = await moved();
  await many(100, () => far.child.call('get_ticket', { ticket_id: 't-etagET' }));
  rows.push(['asked again 100 times, unchanged: body bytes', String((await moved()) - before), '', '', '0']);
  await far.child.end();
  await pool.close();
  return table(['what', 'toado-mcp', 'against', 'ratio', 'aim'], rows);
}

interface Racer {
  name: string;
  child: Child;
}

function racer(node: string, candidate: Candidate): Racer {
  return { name: candidate.name, child: new Child(node, candidate) };
}

/** Each in every round, so that other load on the machine meets all of them. @returns the figures of each. */
async function inTurns<One>(
  all: readonly One[],
  rounds: number,
  measure: (one: One, add: (figure: number) => void) => Promise<void>,
): Promise<number[][]> {
  const figures = all.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, one] of all.entries()) await measure(one, (figure) => figures[at]!.push(figure));
  return figures;
}

/** A row for ours, which is the first, and one for each of the others, as multiples of what they are measured against. */
function against(
  [what, aim]: readonly [what: string, aim: string],
  [name, figure]: readonly [name: string, figure: number],
  figures: readonly number[][],
  others: readonly Racer[],
): string[][] {
  return figures.map((one, at) => {
    const [title, bound] = at === 0 ? [what, aim] : [`… ${others[at - 1]!.name}`, ''];
    return [title, short(median(one)), `${name} ${short(figure)}`, ratio(median(one), figure), bound];
  });
}

/** What a new process takes for its first calls, which are all that many sessions have. */
async function benchYoungSessions(node: string, ours: Candidate, proxy: Candidate): Promise<string[][]> {
  const first = { us: [] as number[], them: [] as number[] };
  const next = { us: [] as number[], them: [] as number[] };
  for (let session = 0; session < SESSIONS; session++) {
    for (const [who, candidate] of [
      ['them', proxy],
      ['us', ours],
    ] as const) {
      const child = new Child(node, candidate);
      await child.initialize();
      await child.request('tools/list');
      const times: number[] = [];
      while (times.length < YOUNG_CALLS) times.push(await child.call('get_ticket', READ));
      first[who].push(times[0]!);
      next[who].push(median(times.slice(5)));
      await child.end();
    }
  }
  const row = (what: string, { us, them }: typeof first) => {
    const [own, theirs] = [median(us), median(them)];
    return [what, short(own), `proxy ${short(theirs)}`, ratio(own, theirs), ''];
  };
  return [
    row('first read of a session, ms', first),
    row(`reads 6 to ${YOUNG_CALLS} of a session, p50, ms`, next),
  ];
}

async function rate(child: Child): Promise<number> {
  const count = 1_500;
  const from = performance.now();
  await many(count, () => child.call('get_ticket', READ), AT_ONCE);
  return count / ((performance.now() - from) / 1000);
}

export async function many(count: number, run: () => Promise<unknown>, atOnce = 8): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
