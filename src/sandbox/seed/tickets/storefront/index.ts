import type { SeedTicket } from '../../world/world.ts';
import { checkout } from './checkout.ts';
import { done } from './done.ts';
import { hostile } from './hostile.ts';
import { todo } from './todo.ts';
import { underway } from './underway.ts';

export const storefrontTickets: SeedTicket[] = [...checkout, ...todo, hostile, ...underway, ...done];
