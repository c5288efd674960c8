/** Start: spawn to the answer of tools/list, with everybody's turn coming again and again. */
import { type Candidate, Child } from './child.ts';
import { median, ratio, short, spread, table } from './statistics.ts';

const ROUNDS = 25;

export async function benchStart(node: string, candidates: Candidate[]): Promise<string> {
  const took = candidates.map(() => ({
    first: [] as number[],
    list: [] as number[],
    worked: [] as number[],
  }));
  const failed = new Map<number, string>();
  // Two rounds go uncounted: files come into memory, caches are written.
  for (let round = -2; round < ROUNDS; round++) {
    for (const [at, candidate] of candidates.entries()) {
      if (failed.has(at)) continue;
      try {
        const times = await startOnce(node, candidate, round === -2);
        if (round < 0) continue;
        took[at]!.first.push(times.first);
        took[at]!.list.push(times.list);
        took[at]!.worked.push(times.worked);
      } catch (error) {
        failed.set(at, (error as Error).message);
      }
    }
  }
  const floor = median(took[0]!.list);
  const floorWorked = median(took[0]!.worked);
  const rows = table(
    ['server', 'tools/list, ms', 'ratio', 'aim', 'initialize, ms', 'main thread worked, ms', 'ratio'],
    candidates.map(({ name, aim }, at) => {
      const { first, list, worked } = took[at]!;
      if (failed.has(at)) return [name, failed.get(at)!];
      return [
        name,
        spread(list),
        ratio(median(list), floor),
        aim ? `≤ ${aim} ×` : '',
        short(median(first)),
        short(median(worked)),
        ratio(median(worked), floorWorked),
      ];
    }),
  );
  const quickest = Math.min(
    ...candidates.flatMap(({ isPeer }, at) => (isPeer && !failed.has(at) ? [median(took[at]!.list)] : [])),
  );
  if (!Number.isFinite(quickest)) return rows;
  return `${rows}\n\ntoado-mcp beside the quickest of the others: ${ratio(median(took[1]!.list), quickest)} (aim ≤ 0.45 ×).`;
}

async function startOnce(node: string, candidate: Candidate, first: boolean) {
  const child = new Child(node, candidate);
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('no answer within 20 s')), 20_000).unref(),
  );
  const steps = (async () => {
    await child.initialize();
    const initialized = performance.now() - child.began;
    await child.request('tools/list');
    return { first: initialized, list: performance.now() - child.began, worked: child.worked() };
  })();
  try {
    return await Promise.race([steps, late]);
  } finally {
    // The first time ends in order, so that Node can keep compiled code.
    if (first) await child.end();
    else {
      child.process.removeAllListeners('exit');
      child.process.kill('SIGKILL');
    }
  }
}
