import { describe, expect, test } from 'vitest';
import { readScopes, scopeOf, smallestScopes } from '../../src/base/scopes.ts';

describe('readScopes', () => {
  test.each([
    [['read'], ['read']],
    [['comments'], ['read', 'comments']],
    [['tickets:write'], ['read', 'comments', 'tickets:write']],
    [['tickets:assign'], ['read', 'tickets:assign']],
    [
      ['mcp.tickets.assign', 'mcp.comments'],
      ['read', 'comments', 'tickets:assign'],
    ],
    [[], []],
  ])('%j includes %j', (spellings, granted) => {
    expect(readScopes(spellings)).toEqual({ granted, unknown: [] });
  });

  test('unknown scopes are kept apart and give nothing', () => {
    expect(readScopes(['admin', 'read', 'tickets:*', 'READ'])).toEqual({
      granted: ['read'],
      unknown: ['admin', 'tickets:*', 'READ'],
    });
  });

  test('spellings are exact', () => {
    expect(scopeOf('mcp.tickets.write')).toBe('tickets:write');
    for (const other of ['mcp.tickets:write', 'tickets.write', ' read', 'mcp.', '__proto__'])
      expect(scopeOf(other)).toBeUndefined();
  });
});

test('smallestScopes leaves out what another one includes', () => {
  expect(smallestScopes(['read', 'tickets:write'])).toEqual(['tickets:write']);
  expect(smallestScopes(['read', 'comments', 'tickets:assign'])).toEqual(['comments', 'tickets:assign']);
  expect(smallestScopes([])).toEqual([]);
});
