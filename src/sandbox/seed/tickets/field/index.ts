import type { SeedTicket } from '../../world/world.ts';
import { backlog } from './backlog.ts';
import { done } from './done.ts';
import { underway } from './underway.ts';

export const fieldTickets: SeedTicket[] = [...backlog, ...underway, ...done];
