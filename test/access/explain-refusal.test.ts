/** What an agent is told of a refusal: what of it is the token's doing. */
import { describe, expect, test } from 'vitest';
import { explainRefusal } from '../../src/access/explain-refusal.ts';
import type { GrantState } from '../../src/access/grant.ts';
import { Failure, type Outcome } from '../../src/base/failure.ts';
import { KnownNames } from '../../src/toado-api/client/known-names.ts';

type Limits = { companies?: string[] | null; projects?: string[] | null };

const granted = (limits: Limits = {}): GrantState => ({
  state: 'granted',
  info: { scopes: ['read'], ...limits },
  scopes: ['read'],
  unknownScopes: [],
});

const failure = (
  code: string,
  more: { outcome?: Outcome; requiredScope?: string; apiMessage?: string | undefined } = {},
) =>
  new Failure(code, 'There is no such ticket. Ids are case-sensitive.', 'Look.', {
    outcome: 'rejected',
    status: 403,
    ...more,
  });

function named(): KnownNames {
  const names = new KnownNames();
  names.learn('listProjects', [
    { id: 'proj_1', name: 'Shop' },
    { id: 'proj_9', name: 'Shop (proj_1), all of it' },
  ]);
  return names;
}

const explain = (one: Failure, grant: GrantState = granted(), scope?: 'comments') =>
  explainRefusal(one, scope, grant, named());

test('what Toado didn’t refuse is left as it is', () => {
  for (const outcome of ['no_answer', 'outcome_unknown', 'not_sent'] as const) {
    const one = failure('forbidden', { outcome });
    expect(explain(one)).toBe(one);
  }
});

describe('a missing scope', () => {
  test('is the one that Toado names, else the tool’s', () => {
    const told = explain(
      failure('insufficient_scope', { requiredScope: 'mcp.tickets.write' }),
      granted(),
      'comments',
    );
    expect(told.sentence).toBe('The token lacks the scope tickets:write, which this needs.');
    expect(told.details).toMatchObject({ requiredScope: 'tickets:write', status: 403 });
    expect(explain(failure('insufficient_scope'), granted(), 'comments').sentence).toContain('comments');
    const strange = failure('insufficient_scope', { requiredScope: 'admin' });
    expect(explain(strange, granted(), 'comments').sentence).toContain('scope comments,');
  });

  test('is said also where nothing is known of the token; where no scope is known, nothing is added', () => {
    expect(explain(failure('insufficient_scope'), { state: 'asking' }, 'comments').sentence).toContain(
      'comments',
    );
    const one = failure('insufficient_scope');
    expect(explain(one)).toBe(one);
  });
});

describe('what a token is limited to', () => {
  const textOf = (limits: Limits, code = 'forbidden') =>
    explain(failure(code), granted(limits)).details.lists?.text;

  test('is told by name where one was seen', () => {
    expect(textOf({ companies: ['co_1'], projects: ['proj_1', 'proj_2'] })).toBe(
      'companies: co_1\nprojects: Shop (proj_1), proj_2',
    );
    expect(textOf({ companies: null, projects: [] })).toBe('projects: none');
  });

  test('is told so that no name is taken for more of the list', () => {
    expect(textOf({ projects: ['proj_9', 'proj_2, all'] })).toBe(
      'projects: "Shop (proj_1), all of it" (proj_9), "proj_2, all"',
    );
  });

  test('is told as far as twelve of each, and how many more there are', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, at) => `co_${at}`);
    expect(textOf({ companies: ids(12) })).toBe(`companies: ${ids(12).join(', ')}`);
    expect(textOf({ companies: ids(15) })).toBe(`companies: ${ids(12).join(', ')}, 3 more`);
  });

  test('may be why something isn’t there', () => {
    const told = explain(failure('ticket_not_found'), granted({ projects: ['proj_2'] }));
    expect(told.sentence).toBe(
      'There is no such ticket, or it lies outside of what this token is limited to. Ids are case-sensitive.',
    );
    expect(told.details.lists).toEqual({ title: 'This token is limited to:', text: 'projects: proj_2' });
  });

  test('has nothing to do with other refusals', () => {
    for (const code of ['validation_error', 'conflict', 'read_only_company']) {
      const one = failure(code);
      expect(explain(one, granted({ projects: ['proj_2'] }))).toBe(one);
    }
  });
});

test('a token that isn’t limited is said not to be, and no list is given', () => {
  const told = explain(failure('forbidden'), granted({ companies: null }));
  expect(told.sentence).toMatch(/^The role of the token’s owner does not allow this .*is not limited/);
  expect(told.details.lists).toBeUndefined();
  const missing = failure('ticket_not_found');
  expect(explain(missing, granted({ companies: null }))).toBe(missing);
});

test('of a token of which nothing is known, nothing is said', () => {
  const one = failure('forbidden');
  expect(explain(one, { state: 'asking' })).toBe(one);
});

describe('a refusal that gives a reason of its own', () => {
  const told = (apiMessage: string | undefined, grant = granted()) =>
    explain(failure('forbidden', { apiMessage }), grant);

  test.each([
    'A ticket moves only within its company.',
    'The assignee is not a member of this project',
    'Moving to another company is not permitted',
    'Permission denied: the ticket is archived',
    'code: TICKET_LOCKED',
    'Gesperrt bis Montag',
  ])('claims no other: %s', (message) => {
    for (const grant of [granted(), { state: 'asking' } as const]) {
      const { sentence, next, details } = told(message, grant);
      expect(sentence).toBe('Toado refused this, and says why below.');
      expect(next).toBe('See what it says, then decide; whoami shows what the token may do.');
      expect(details).toMatchObject({ apiMessage: message, status: 403 });
      expect(details.lists).toBeUndefined();
    }
  });

  test('what the token is limited to is named all the same', () => {
    const { sentence, details } = told('This row is out of reach.', granted({ companies: ['co_1'] }));
    expect(sentence).toBe('Toado refused this, and says why below.');
    expect(details.lists?.text).toBe('companies: co_1');
  });

  test.each([
    undefined,
    '403 Forbidden',
    'Access denied',
    'No.',
    'You don’t have permission to perform this action.',
    'code: missingPermission',
    'Not allowed',
    'You may not do that',
    'This action is unauthorized.',
    'This token is restricted to other companies.',
    'A member edits only tickets they created; an admin or owner can edit this.',
  ])('is none where it is general, or about who asks: %s', (message) => {
    expect(told(message).sentence).toMatch(/^The role of the token’s owner does not allow this/);
    expect(told(message, granted({ companies: ['co_1'] })).sentence).toContain('limited to, or its owner');
    expect(told(message, { state: 'asking' }).sentence).toContain('There is no such ticket');
  });
});
