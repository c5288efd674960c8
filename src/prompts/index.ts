/** The prompts there are, sorted by name. What a session gets follows from its tools (src/access). */
import { buildTests } from './build-tests.ts';
import type { Prompt } from './define-prompt.ts';
import { fixTicket } from './fix-ticket.ts';
import { triageColumn } from './triage-column.ts';
import { verifyInReview } from './verify-in-review.ts';

export const prompts: readonly Prompt[] = [buildTests, fixTicket, triageColumn, verifyInReview];
