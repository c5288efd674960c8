/** The scenarios that come with the program, in the order in which they are listed. */
import type { Scenario } from '../scenario/schema.ts';
import { failingRequest } from './failing-request.ts';
import { fixTicket } from './fix-ticket.ts';
import { readOnly } from './read-only.ts';

export const scenarios: Scenario[] = [fixTicket, failingRequest, readOnly];
