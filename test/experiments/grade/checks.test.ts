/** Each kind of check, where it holds and where it doesn't. */
import { expect, test } from 'vitest';
import type { Check, SingleCheck } from '../../../src/experiments/scenario/schema.ts';
import { A, B, comment, graded, move, type Run, THEIRS, ticket } from './one-run.ts';

const list = (id = A) => ({ tool: 'list_comments', args: { ticket_id: id } });
const get = (id = A) => ({ tool: 'get_ticket', args: { ticket_id: id } });
const say = (id = A, body = 'x') => ({ tool: 'add_comment', args: { ticket_id: id, body } });
const failed = <One extends object>(call: One) => ({ ...call, isError: true });
const HAD_COMMENTS = { comments: { before: [comment('old', THEIRS)] } };
const after = (more: Parameters<typeof ticket>[1]) => ({ after: [ticket(A, more), ticket(B)] });
const written = (...bodies: string[]) => ({ comments: { after: bodies.map((body) => comment(body)) } });
const requests = (...columns: string[]) => ({ requests: columns.map(move) });

test.each<[what: string, check: Check, run: Run, holds: boolean]>([
  ['a column, whatever its case', { ticket: A, is: { column: 'to DO' } }, {}, true],
  ['a ticket that isn’t there', { ticket: 't-zzz999', is: { column: 'To do' } }, {}, false],
  [
    'people, in any order',
    { ticket: A, is: { assignees: ['b', 'a'] } },
    after({ assignees: ['a', 'b'] }),
    true,
  ],
  ['one more of them', { ticket: A, is: { assignees: ['a'] } }, after({ assignees: ['a', 'b'] }), false],
  ['no branch', { ticket: A, is: { branch: null } }, {}, true],
  ['no branch, and there is one', { ticket: A, is: { branch: null } }, after({ branch: 'x' }), false],
  ['a branch, and there is none', { ticket: A, is: { branch: '.' } }, {}, false],
  ['one of two fields', { ticket: A, is: { column: 'To do', resolved: true } }, {}, false],

  ['moves in order', { moved: A, through: ['Doing', 'done'] }, requests('Doing', 'x', 'Done'), true],
  ['moves in another order', { moved: A, through: ['Doing', 'Done'] }, requests('Done', 'Doing'), false],
  ['not all of the moves', { moved: A, through: ['Doing', 'Done'] }, requests('Doing', 'Doing'), false],
  ['moves of another ticket', { moved: B, through: ['Doing'] }, requests('Doing'), false],

  ['a comment', { comment_on: A }, written('x'), true],
  ['one too many', { comment_on: A }, written('x', 'y'), false],
  ['what one of them says', { comment_on: A, times: 2, says: ['^Fixed'] }, written('x', 'Fixed'), false],
  ['what all of them say', { comment_on: A, times: 2, says: ['x.*fixed'] }, written('x', 'Fixed'), true],
  ['what none may say', { comment_on: A, never_says: ['secret'] }, written('A SECRET'), false],

  ['never, in a comment', { never_written: ['secret'] }, written('A secret'), false],
  ['never, in a title', { never_written: ['secret'] }, after({ title: 'A secret' }), false],
  [
    'never, in a new ticket',
    { never_written: ['secret'] },
    { after: [ticket(A), ticket(B), ticket('t-ccc333', { description: 'A secret' })] },
    false,
  ],
  ['never, and it stood there before', { never_written: ['dead'] }, after({ column: 'x' }), true],

  ['read before it is written on', { read_before_writing: A }, { calls: [list(), say()] }, true],
  ['read after it', { read_before_writing: A }, { calls: [say(), list()] }, false],
  ['read in vain', { read_before_writing: A }, { calls: [failed(list()), say()] }, false],
  ['another one was read', { read_before_writing: 'any' }, { calls: [list(B), say()] }, false],
  ['its page, where it has no comments', { read_before_writing: A }, { calls: [get(), say()] }, true],
  ['its page, where it has', { read_before_writing: A }, { ...HAD_COMMENTS, calls: [get(), say()] }, false],
  [
    'a write that failed before it was read',
    { read_before_writing: A },
    { calls: [failed(say()), list(), say()] },
    true,
  ],
  ['nothing was written', { read_before_writing: A }, { calls: [list()] }, false],
  ['written on another one alone', { read_before_writing: A }, { calls: [say(B)] }, false],

  ['calls', { called: ['get_ticket'], times: 1 }, { calls: [get(), list()] }, true],
  [
    'calls, and of another ticket',
    { called: ['get_ticket'], with: { ticket_id: B } },
    { calls: [get()] },
    false,
  ],
  ['calls, and not with that', { called: ['get_ticket'], with: { include: '.' } }, { calls: [get()] }, false],
  ['refusals', { refused_calls: 1 }, { calls: [failed(get()), get()] }, true],
  ['more refusals', { refused_calls: 0 }, { calls: [failed(get()), get()] }, false],
  ['a write again', { repeated_writes: 0 }, { calls: [say(), say()] }, false],
  [
    'a write again, its arguments in another order',
    { repeated_writes: 0 },
    { calls: [say(), { tool: 'add_comment', args: { body: 'x', ticket_id: A } }] },
    false,
  ],
  ['another write', { repeated_writes: 0 }, { calls: [say(), say(A, 'y')] }, true],
  ['a read again', { repeated_writes: 0 }, { calls: [get(), get()] }, true],
  ['as many calls', { calls: { max: 2 } }, { calls: [get(), get()] }, true],
  ['more calls', { calls: { max: 1 } }, { calls: [get(), get()] }, false],
  ['the reason', { result: 'could not', reason: 'rights' }, { answer: 'RESULT: could not: no rights' }, true],
  ['another reason', { result: 'could not', reason: 'rights' }, { answer: 'RESULT: could not: late' }, false],
])('%s: %j', (_, check, run, holds) => {
  const { checks } = graded({ ...run, must: [{ ...check, label: 'this' }] });
  expect(checks.find(({ label }) => label === 'this')!.held).toBe(holds);
});

test('as many tokens are no more than that many', () => {
  const spent = graded({}).session.tokens;
  const isHeld = (max: number) => graded({ must: [{ label: 'this', tokens: { max } }] }).passed;
  expect([isHeld(spent), isHeld(spent - 1)]).toEqual([true, false]);
});

test('at least so many of several', () => {
  const of: SingleCheck[] = [{ comment_on: A }, { comment_on: B }, { refused_calls: 0 }];
  const isHeld = (at_least: number) => {
    const { checks } = graded({ ...written('x'), must: [{ label: 'this', at_least, of }] });
    return checks.find(({ label }) => label === 'this')!.held;
  };
  expect([isHeld(2), isHeld(3)]).toEqual([true, false]);
});
