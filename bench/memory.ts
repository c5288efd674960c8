/** Resident memory after the start, and over many calls. */
import { setTimeout as pause } from 'node:timers/promises';
import { many } from './call.ts';
import { type Candidate, Child } from './child.ts';
import { median, ratio, short, table } from './statistics.ts';

const STARTS = 7;
const AFTER = [2_000, 5_000, 10_000, 15_000, 20_000];

export async function benchMemory(node: string, floor: Candidate, ours: Candidate): Promise<string> {
  const after: Record<'floor' | 'ours', number[]> = { floor: [], ours: [] };
  for (let round = 0; round < STARTS; round++) {
    for (const [name, candidate] of [
      ['floor', floor],
      ['ours', ours],
    ] as const) {
      const child = new Child(node, candidate);
      await child.initialize();
      await child.request('tools/list');
      await pause(300);
      after[name].push(child.rss());
      await child.end();
    }
  }
  const child = new Child(node, ours);
  await child.initialize();
  const over: string[] = [];
  let done = 0;
  for (const count of AFTER) {
    await many(count - done, () => child.call('get_ticket', { ticket_id: 't-aaaaaa' }), 32);
    done = count;
    over.push(`${short(child.rss())} after ${count.toLocaleString('en')}`);
  }
  await child.end();
  return [
    table(
      ['what', 'toado-mcp', 'floor', 'ratio', 'aim'],
      [
        [
          'resident after start, MB',
          short(median(after.ours)),
          short(median(after.floor)),
          ratio(median(after.ours), median(after.floor)),
          '≤ 1.60 ×',
        ],
      ],
    ),
    '',
    `Resident over 20,000 calls, 32 at a time, MB: ${over.join(', ')}.`,
  ].join('\n');
}
