import { isDeepStrictEqual } from 'node:util';
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';
import { beforeAll, expect, test } from 'vitest';
import { DISCOVER_REVISIONS, INITIALIZE_REVISIONS } from '../../../src/mcp/protocol/revisions.ts';
import { byOpening, bySdk, heard, type Line, modern } from './beside-sdk.ts';
import { CASES } from './cases.ts';

/** As many as a machine that is busy keeps apart: nearly all of their time they wait. */
const AT_ONCE = 24;

/** What both say to every case, played side by side before the tests look at it. */
const played = new Map<string, [ours: unknown[], theirs: unknown[]]>();

beforeAll(async () => {
  const cases = Object.entries(CASES);
  const play = async (what: string, lines: Line[]) => {
    played.set(what, await Promise.all([heard(byOpening, lines), heard(bySdk, lines)]));
  };
  const lane = async () => {
    for (let next = cases.shift(); next; next = cases.shift()) await play(...next);
  };
  // Each transport listens for the end of the process.
  const before = process.getMaxListeners();
  process.setMaxListeners(before + 2 * AT_ONCE);
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  process.setMaxListeners(before);
  // Where the machine was too busy for one of them to be in time, it is played again, alone.
  for (const [what, [ours, theirs]] of played) {
    if (!isDeepStrictEqual(ours, theirs)) await play(what, CASES[what]!);
  }
}, 60_000);

test.each(Object.keys(CASES))('%s', (what) => {
  const [ours, theirs] = played.get(what)!;
  expect(ours).toEqual(theirs);
  expect(theirs.length).toBeGreaterThan(0);
});

test('the revisions are those that the SDK knows', () => {
  expect(INITIALIZE_REVISIONS).toEqual(SUPPORTED_PROTOCOL_VERSIONS);
});

test('the revisions that begin with a look are those that the SDK knows', async () => {
  const [said] = await heard(bySdk, [modern(1, 'server/discover')]);
  expect(said).toMatchObject({ result: { supportedVersions: DISCOVER_REVISIONS } });
});
