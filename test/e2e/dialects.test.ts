/** In whatever ordinary form Toado answers, an agent gets the same facts: every tool against every dialect. */
import { describe, expect, test } from 'vitest';
import { DIALECTS } from '../../src/sandbox/index.ts';
import { tools } from '../../tools/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { connect } from '../support/program.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { comparable, play } from '../support/story.ts';
import { startToado } from '../support/toado.ts';

/** What the contract's own form gives, played first. */
let plain: Awaited<ReturnType<typeof play>>;

test('the story calls every tool, and each answers', async () => {
  plain = await play();
  expect([...plain.called].sort()).toEqual(tools.map(({ name }) => name));
  const failed = plain.steps.filter(({ isError }) => isError).map(({ step }) => step);
  expect(failed).toEqual([plain.steps.at(-1)!.step]);
}, 120_000);

describe.each(Object.keys(DIALECTS))('%s', (dialect) => {
  test('the same facts, and nothing of unknown outcome', async () => {
    const { steps } = await play(dialect);
    for (const { text, step } of steps) expect(text, step).not.toContain('outcome_unknown');
    expect(steps.at(-1)!.text).toMatch(/ticket/i);
    // Where people are ids alone, an answer doesn't say what they are called.
    const hasNames = DIALECTS[dialect]!.traits.references !== 'ids';
    const [expected, actual] = [comparable(plain.steps, hasNames), comparable(steps, hasNames)];
    for (const [at, one] of expected.entries()) expect(actual[at]).toEqual(one);
  }, 120_000);
});

test.each(SDKS)('the likeliest other form, by the built program: %s', async (sdk) => {
  const { steps } = await play('envelope', sdk, connect);
  expect(comparable(steps, true)).toEqual(comparable(plain.steps, true));
}, 120_000);

test('where what is out of reach is said not to be there, a restricted token hears both reasons', async () => {
  const said = async (dialect?: string) => {
    const toado = await startToado(dialect ? { dialect } : {});
    const { call } = await connectInProcess('sdk 2.x modern', { env: toado.env('one-project') });
    const { items } = (
      await toado.request('GET', '/projects/proj_console/tickets', undefined, toado.token('triage'))
    ).body as { items: { id: string }[] };
    // Names are told that the session knows already.
    await call('list_projects');
    const outside = await call('get_ticket', { ticket_id: items[0]!.id });
    const nowhere = await call('get_ticket', { ticket_id: 't-nobody' });
    const columns = await call('list_columns', { project_id: 'proj_console' });
    return [outside, nowhere, columns].map((one) => textOf(one));
  };
  const [outside, nowhere, columns] = await said('hidden');
  for (const text of [outside!, nowhere!])
    expect(text).toMatch(
      /^ticket_not_found .*There is no such ticket, or it lies outside of what this token is limited to/,
    );
  expect(columns).toMatch(/^project_not_found .*or it lies outside of what this token is limited to/);
  // By name, so that a person knows which token is needed.
  for (const text of [outside!, columns!]) expect(text).toMatch(/This token is limited to:[\s\S]*Storefront/);
  // The one difference: where Toado tells the two apart, so do we.
  const [forbidden, missing] = await said();
  expect(forbidden).toMatch(/^forbidden /);
  expect(missing).toMatch(/^ticket_not_found /);
}, 60_000);
