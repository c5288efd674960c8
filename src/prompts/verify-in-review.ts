import { definePrompt } from './define-prompt.ts';
import { BLOCKED, COLUMNS, COMMENTS_FIRST, rules, SMALLEST_FIRST, STRANGERS, steps } from './rules.ts';

export const verifyInReview = definePrompt({
  name: 'verify_in_review',
  title: 'Verify what is In Review',
  description: 'Checks each fix that waits in In Review; Done and resolved only what holds.',
  arguments: { project: { kind: 'project', required: true, description: 'Its name or id' } },
  uses: [
    'add_comment',
    'get_capture_asset',
    'get_ticket',
    'list_columns',
    'list_comments',
    'list_tickets',
    'move_ticket',
    'update_ticket',
  ],
  write: ({ project }) =>
    [
      `Verify the fixes that wait in In Review of the Toado project ${project}.`,
      steps(
        'list_columns, then list_tickets of In Review.',
        'For each: get_ticket and list_comments. The comment beginning with "Fix in <sha>:" names the commit; without one, add_comment asking for it and go on to the next.',
        'Check that the commit is in what is deployed or on the main branch, and that the reported steps work now: run them, or the test that covers them. get_capture_asset shows how it looked.',
        'It holds: add_comment beginning with "Verified in <sha>:" and how you checked; update_ticket with resolved true; move_ticket to Done.',
        'It does not: add_comment with what still happens; move_ticket to In Progress. Not resolved.',
        'You can’t tell: treat it as a question for a person. Done and resolved mean that somebody saw it work, never that it looks right.',
        'Report one row a ticket: id, commit, how it was checked, where it stands now.',
      ),
      rules(SMALLEST_FIRST, COMMENTS_FIRST, COLUMNS, BLOCKED, STRANGERS),
    ].join('\n\n'),
});
