/** Names of arguments and codes of errors, as models and APIs write them. */
import { expect, test } from 'vitest';
import { snakeCase } from '../../src/base/letter-case.ts';

test.each([
  ['projectId', 'project_id'],
  ['ticketID', 'ticket_id'],
  ['project-id', 'project_id'],
  ['project.id', 'project_id'],
  ['Not Found', 'not_found'],
  ['insufficient_scope', 'insufficient_scope'],
  ['step2Done', 'step2_done'],
])('%s → %s', (name, expected) => {
  expect(snakeCase(name)).toBe(expected);
});
