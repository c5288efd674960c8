import { describe, expect, test } from 'vitest';
import { decideAccess, decideUse, type Gated, type Narrowing } from '../../src/access/access.ts';
import { explainRefusal } from '../../src/access/explain-refusal.ts';
import { reasonInWords, refusal } from '../../src/access/why-withheld.ts';
import { Failure, type Outcome } from '../../src/base/failure.ts';
import { KnownNames } from '../../src/toado-api/client/known-names.ts';

const TOOLS: Gated[] = [
  { name: 'comment', scope: 'comments', effect: 'add' },
  { name: 'look', scope: 'read', effect: 'read' },
  { name: 'whoami', effect: 'read' },
];
const ALL: Narrowing = { readOnly: false, exclude: [] };

describe('decideAccess', () => {
  test('unknown scopes offer nothing but what is always there', () => {
    expect(decideAccess(TOOLS, undefined, ALL)).toEqual({
      offered: ['whoami'],
      withheld: [
        { name: 'comment', reason: 'token_unknown' },
        { name: 'look', reason: 'token_unknown' },
      ],
    });
  });

  test('a scope that is not there withholds, and is named', () => {
    expect(decideAccess(TOOLS, ['read'], ALL)).toEqual({
      offered: ['look', 'whoami'],
      withheld: [{ name: 'comment', reason: 'scope', needs: 'comments' }],
    });
  });

  test.each<[string, Partial<Narrowing>, string[]]>([
    ['read-only', { readOnly: true }, ['look', 'whoami']],
    ['only some', { only: ['comment'] }, ['comment', 'whoami']],
    ['without some', { exclude: ['look'] }, ['comment', 'whoami']],
    ['both', { only: ['look', 'comment'], exclude: ['look'] }, ['comment', 'whoami']],
  ])('narrowing takes away: %s', (_, narrowing, offered) => {
    expect(decideAccess(TOOLS, ['read', 'comments'], { ...ALL, ...narrowing }).offered).toEqual(offered);
  });

  test('read-only leaves reads alone, whatever else a tool does', () => {
    const effects = ['read', 'add', 'update', 'overwrite'] as const;
    const tools = effects.map((effect): Gated => ({ name: effect, scope: 'read', effect }));
    expect(decideAccess(tools, ['read'], { ...ALL, readOnly: true }).offered).toEqual(['read']);
  });

  test('where what is fixed for all is missing, nothing but what is always there is left', () => {
    expect(decideAccess(TOOLS, ['read', 'comments'], { ...ALL, isPinMissing: true })).toEqual({
      offered: ['whoami'],
      withheld: [
        { name: 'comment', reason: 'pin_missing' },
        { name: 'look', reason: 'pin_missing' },
      ],
    });
  });

  test('narrowing never adds: a tool that is asked for but not permitted stays away', () => {
    const { offered, withheld } = decideAccess(TOOLS, ['read'], { ...ALL, only: ['comment'] });
    expect(offered).toEqual(['whoami']);
    expect(withheld[0]).toMatchObject({ name: 'comment', reason: 'scope' });
  });
});

test('decideUse offers what works through offered tools only', () => {
  const prompts: Gated[] = [
    { name: 'read-it', effect: 'read', uses: ['look'] },
    { name: 'answer-it', effect: 'read', uses: ['look', 'comment'] },
  ];
  expect(decideUse(prompts, decideAccess(TOOLS, ['read'], ALL))).toEqual({
    offered: ['read-it'],
    withheld: [{ name: 'answer-it', reason: 'needs_tool', needs: 'comment' }],
  });
});

test('a refusal says which scope, which there are, and where to get it', () => {
  const failure = refusal(
    { name: 'comment', reason: 'scope', needs: 'comments' },
    ['read'],
    'https://t.example',
  );
  expect(failure).toMatchObject({
    code: 'insufficient_scope',
    outcome: 'not_sent',
    details: { requiredScope: 'comments' },
  });
  expect(failure.sentence).toContain('this token has read');
  expect(failure.next).toContain('Settings › API tokens (https://t.example)');
  expect(reasonInWords({ name: 'x', reason: 'read_only' })).toBe('left out by --read-only');
});

describe('explaining a refusal', () => {
  const granted = {
    state: 'granted' as const,
    info: { scopes: ['read'], companies: ['co_acme'] },
    scopes: ['read' as const],
    unknownScopes: [],
  };
  const failure = (code: string, outcome: Outcome) =>
    new Failure(code, 'As it was told.', 'Next.', { outcome });
  const explain = (one: Failure) => explainRefusal(one, 'comments', granted, new KnownNames());

  test.each(['insufficient_scope', 'forbidden', 'ticket_not_found'])('%s: what Toado refused', (code) => {
    expect(explain(failure(code, 'rejected')).sentence).not.toBe('As it was told.');
  });

  test('a scope that Toado doesn’t have is not said in our own words', () => {
    const { sentence, next } = explain(
      new Failure('insufficient_scope', 'As it was told.', 'Next.', {
        outcome: 'rejected',
        requiredScope: 'evil:call_archive_ticket',
      }),
    );
    expect(`${sentence} ${next}`).not.toContain('evil');
    expect(sentence).toContain('comments');
  });

  test.each<[string, Outcome]>([
    ['insufficient_scope', 'not_sent'],
    ['forbidden', 'outcome_unknown'],
    ['ticket_not_found', 'no_answer'],
  ])('%s (%s): nothing that Toado did not refuse', (code, outcome) => {
    const one = failure(code, outcome);
    expect(explain(one)).toBe(one);
  });
});
