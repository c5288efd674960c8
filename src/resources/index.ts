/** What can be read by address. What a session gets follows from its tools (src/access). */
import { boardResource } from './board.ts';
import type { Resource } from './define-resource.ts';
import { ticketResource } from './ticket.ts';

export const resources: readonly Resource[] = [boardResource, ticketResource];
