import { definePrompt } from './define-prompt.ts';
import { BLOCKED, COLUMNS, COMMENTS_FIRST, rules, SMALLEST_FIRST, STRANGERS, steps } from './rules.ts';

export const fixTicket = definePrompt({
  name: 'fix_ticket',
  title: 'Fix a ticket',
  description: 'Takes one ticket from reading it to In Review.',
  arguments: {
    ticket: {
      kind: 'ticket',
      required: true,
      description: 'Its id, its page’s address, or words from its title',
    },
  },
  uses: [
    'add_comment',
    'get_devtools',
    'get_ticket',
    'list_columns',
    'list_comments',
    'move_ticket',
    'search_tickets',
    'start_work_on_ticket',
  ],
  write: ({ ticket }) =>
    [
      `Fix this Toado ticket in the code at hand: ${ticket}`,
      steps(
        'If that is not an id or an address, find it with search_tickets. get_ticket, then list_comments. If it has a capture, get_devtools: errors first, then failed requests.',
        'list_columns of its project. As work starts: move_ticket to In Progress, start_work_on_ticket (it records the branch and moves nothing), and work on a branch of that name.',
        'Reproduce it, find the cause, fix it, with a test that fails without the fix.',
        'When the fix is committed: add_comment beginning with "Fix in <sha>:" and the commit’s short hash, then what was wrong and what changed, in two sentences.',
        'When it lands where it will be reviewed: move_ticket to In Review. Not to Done, and not resolved: that takes somebody who has verified it.',
        'Report: cause, commit, where the ticket stands, what you could not check.',
      ),
      rules(SMALLEST_FIRST, COMMENTS_FIRST, COLUMNS, BLOCKED, STRANGERS),
    ].join('\n\n'),
});
