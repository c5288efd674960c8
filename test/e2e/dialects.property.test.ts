/** Random combinations of the ways in which an API can differ, through the built program: the same facts in each. */
import { expect, test } from 'vitest';
import { CONTRACT, TRAITS, type Traits } from '../../src/sandbox/index.ts';
import { rounds } from '../support/rounds.ts';
import { comparable, play } from '../support/story.ts';

const ROUNDS = rounds(2, 40);
/** Another combination each day; a failure names its own, so that it can be played again. */
const SEED = Number(process.env.TEST_SEED ?? Math.floor(Date.now() / 86_400_000));

function randomTraits(seed: number): Traits {
  let state = seed * 7919 + 17;
  const pick = <Choice>(choices: readonly Choice[]): Choice => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return choices[Math.floor((state / 2 ** 31) * choices.length)]!;
  };
  return Object.fromEntries(
    Object.entries(TRAITS).map(([trait, choices]) => [trait, pick(choices)]),
  ) as unknown as Traits;
}

test(
  `${ROUNDS} combinations, from seed ${SEED}`,
  async () => {
    const plain = await play(CONTRACT);
    for (let round = 0; round < ROUNDS; round++) {
      const traits = randomTraits(SEED * 1000 + round);
      const { steps } = await play(traits);
      const what = `TEST_SEED=${SEED}, round ${round}: ${JSON.stringify(traits)}`;
      for (const { text, step } of steps) expect(text, `${what}\n${step}`).not.toContain('outcome_unknown');
      const hasNames = traits.references !== 'ids';
      const expected = comparable(plain.steps, hasNames);
      for (const [at, one] of comparable(steps, hasNames).entries()) expect(one, what).toEqual(expected[at]);
    }
  },
  rounds(180_000, 1_800_000),
);
