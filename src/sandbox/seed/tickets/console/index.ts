import type { SeedTicket } from '../../world/world.ts';
import { backlog } from './backlog.ts';
import { done } from './done.ts';
import { longLog } from './long-log.ts';
import { underway } from './underway.ts';

export const consoleTickets: SeedTicket[] = [...backlog, longLog, ...underway, ...done];
