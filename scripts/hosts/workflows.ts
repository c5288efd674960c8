/** Toado's documented workflows as a model would call them, on the sandbox's own content. */
import type { Step } from '../scripted-model/model.ts';

const PROJECT = 'proj_storefront';
const BUG = 't-7Kq2Mx';
const SHA = '9c1e7ab';
const WAITING = [
  't-nQ5cRu',
  't-vP4sTe',
  't-3dGhZa',
  't-bK6fLt',
  't-R2Lshp',
  't-Em0j1Z',
  't-Apy7Wn',
  't-Inj3ct',
];
const WITH_CAPTURE = ['t-nQ5cRu', 't-vP4sTe', 't-3dGhZa', 't-R2Lshp', 't-Inj3ct'];
const IN_REVIEW = ['t-Zx9Mdl', 't-DeWk4n'];

const step = (tool: string, args: Record<string, unknown> = {}): Step => ({ tool, args });

export const WORKFLOWS: Record<string, Step[]> = {
  'fix one ticket': [
    step('search_tickets', { query: 'checkout is broken' }),
    step('get_ticket', { ticket_id: BUG }),
    step('list_comments', { ticket_id: BUG }),
    step('get_devtools', { ticket_id: BUG, panel: 'network', min_status: 400, bodies: true }),
    step('get_capture_asset', { ticket_id: BUG }),
    step('list_columns', { project_id: PROJECT }),
    step('move_ticket', { ticket_id: BUG, target_column_id: 'In Progress' }),
    step('start_work_on_ticket', { ticket_ids: [BUG] }),
    step('add_comment', { ticket_id: BUG, body: `Fix in ${SHA}: amounts go out in cents now.` }),
    step('move_ticket', { ticket_id: BUG, target_column_id: 'In Review' }),
  ],
  'triage a column': [
    step('list_columns', { project_id: PROJECT }),
    step('list_tickets', { project_id: PROJECT, column_id: 'To Do' }),
    ...WAITING.flatMap((ticket_id) => [
      step('get_ticket', { ticket_id }),
      step('list_comments', { ticket_id }),
      ...(WITH_CAPTURE.includes(ticket_id) ? [step('get_devtools', { ticket_id, panel: 'errors' })] : []),
    ]),
    step('add_comment', { ticket_id: 't-nQ5cRu', body: `Same cause as ${BUG}.` }),
  ],
  'verify In Review': [
    step('list_columns', { project_id: PROJECT }),
    step('list_tickets', { project_id: PROJECT, column_id: 'In Review' }),
    ...IN_REVIEW.flatMap((ticket_id) => [
      step('get_ticket', { ticket_id }),
      step('list_comments', { ticket_id }),
      step('get_capture_asset', { ticket_id }),
      step('add_comment', { ticket_id, body: `Verified in ${SHA}: reported steps repeated.` }),
      step('update_ticket', { ticket_id, resolved: true }),
      step('move_ticket', { ticket_id, target_column_id: 'Done' }),
    ]),
  ],
};

/** @param narrow leaves the token less than it had. */
export function scopesChange(narrow: () => void | Promise<void>): Step[] {
  return [
    step('whoami'),
    { ...step('whoami'), before: narrow },
    // Time for the host to ask for the list again.
    step('list_companies'),
    step('list_companies'),
  ];
}
