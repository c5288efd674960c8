/** The one instruction with which a failure ends. Where a write may have happened, looking comes before everything else. */
import { Failure } from '../../base/failure.ts';
import type { Tool } from '../definition/define-tool.ts';

/** What of a tool decides what is to be done after it. */
type Called = Pick<Tool, 'effect' | 'input'>;

export function withCheckBeforeRetry(failure: Failure, tool: Called): Failure {
  if (failure.outcome !== 'outcome_unknown') return failure;
  return new Failure(failure.code, failure.sentence, checkBeforeRetry(tool), failure.details);
}

function checkBeforeRetry({ effect, input }: Called): string {
  const where =
    'body' in input
      ? 'list_comments'
      : 'ticket_id' in input || 'ticket_ids' in input
        ? 'get_ticket'
        : 'search_tickets';
  return effect === 'add'
    ? `It may have happened: look with ${where} first; done a second time, it would be there twice.`
    : `It may have happened: look with ${where} before doing it again; somebody may have changed it since.`;
}
