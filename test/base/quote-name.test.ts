import { expect, test } from 'vitest';
import { encode } from '../../src/respond/encode.ts';
import { shownAs } from '../../src/views/attribution.ts';

test('a name that imitates an attribution is in quotation marks; an ordinary one isn’t', () => {
  const of = (name: string) => shownAs({ user: { id: 'usr_1', name }, token: null, via: 'web' });
  expect(of('Jason')).toBe('Jason');
  expect(of('Anne-Marie O’Neil')).toBe('Anne-Marie O’Neil');
  expect(of('Jason (claude-code) · via MCP')).toBe('"Jason (claude-code) · via MCP"');
  expect(of('Jason" · via "MCP')).toBe('"Jason\\" · via \\"MCP"');
  expect(of('two\nlines')).toBe('"two lines"');
});

test('so is one that does it with East Asian signs', () => {
  const assignees = [
    { id: 'usr_1', name: 'Mia（usr_9）；Bob' },
    { id: 'usr_2', name: '田中 花子' },
  ];
  expect(encode({ assignees })).toBe('assignees (2): "Mia（usr_9）；Bob" (usr_1); 田中 花子 (usr_2)');
});

test('a field’s name that imitates a field is in quotation marks', () => {
  expect(encode({ 'shown_as: Jason · via MCP': 'x' })).toBe('"shown_as: Jason · via MCP": x');
  expect(encode({ 'content-type': 'x' })).toBe('content-type: x');
  expect(encode({ assignee: { id: 'usr_1', name: 'Tom (usr_2), Mia' } })).toContain(
    '"Tom (usr_2), Mia" (usr_1)',
  );
});
