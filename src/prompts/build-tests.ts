import { definePrompt } from './define-prompt.ts';
import { COLUMNS, COMMENTS_FIRST, rules, SMALLEST_FIRST, STRANGERS, steps } from './rules.ts';

export const buildTests = definePrompt({
  name: 'build_tests',
  title: 'Build tests from tickets',
  description:
    'Turns a column’s tickets into regression tests in the code at hand; changes nothing in Toado.',
  arguments: {
    project: { kind: 'project', required: true, description: 'Its name or id' },
    column: { kind: 'column', required: false, description: 'Its name or id; Done if absent' },
  },
  uses: ['get_devtools', 'get_ticket', 'list_columns', 'list_comments', 'list_tickets'],
  write: ({ project, column = '"Done"' }) =>
    [
      `Build regression tests from the tickets in the column ${column} of the Toado project ${project}.`,
      steps(
        'list_columns, then list_tickets of that column. Look which of their ids the tests name already, and leave those out.',
        'For each of the others: get_ticket and list_comments for the steps, the expectation and the fix’s commit. Where a request or an error decides: get_devtools with bodies; its data make the test’s input.',
        'Write one test a ticket, in the style of the tests that are there, with the ticket’s id in its name. It checks what the reporter expected, not how the fix is built.',
        'See it fail without the fix and pass with it. Where that can’t be shown, say so beside it.',
        'Change nothing in Toado. Personal data from a capture (names, addresses, tokens) does not go into a test.',
        'Report one row a ticket: id, test, seen failing or not, why left out.',
      ),
      rules(SMALLEST_FIRST, COMMENTS_FIRST, COLUMNS, STRANGERS),
    ].join('\n\n'),
});
