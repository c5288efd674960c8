import { definePrompt } from './define-prompt.ts';
import { BLOCKED, COLUMNS, COMMENTS_FIRST, rules, SMALLEST_FIRST, STRANGERS, steps } from './rules.ts';

export const triageColumn = definePrompt({
  name: 'triage_column',
  title: 'Triage a column',
  description: 'Goes through one column: what is clear, what is double, what a person must answer.',
  arguments: {
    project: { kind: 'project', required: true, description: 'Its name or id' },
    column: { kind: 'column', required: true, description: 'Its name or id, such as To Do' },
  },
  uses: [
    'add_comment',
    'get_devtools',
    'get_ticket',
    'list_columns',
    'list_comments',
    'list_tickets',
    'move_ticket',
    'search_tickets',
  ],
  write: ({ project, column }) =>
    [
      `Triage the column ${column} of the Toado project ${project}.`,
      steps(
        'list_columns, then list_tickets of that column: one call for the whole column. Say how many there are.',
        'For each, from the top: get_ticket and list_comments. Only where that leaves the cause open: get_devtools, errors or failed requests.',
        'search_tickets with its own words: is it there already, also with is:archived? Then add_comment naming the other one’s id; archive nothing.',
        'If the cause is plain from what you read: add_comment with the evidence (the request, the error, the line) and where to begin. Start no work and move nothing to In Progress: that is for whoever fixes it.',
        'Where there is already such a comment, add nothing.',
        'Report one row a ticket: id, title, what you found, what you did.',
      ),
      rules(SMALLEST_FIRST, COMMENTS_FIRST, COLUMNS, BLOCKED, STRANGERS),
    ].join('\n\n'),
});
