/**
 * What can be read by address. What a session gets follows from its tools (src/access). What reading takes is loaded
 * with the first one that is read.
 */
import { defineResource, type Resource } from './define-resource.ts';

/** As many boards as a list may name. */
const LISTED = 100;

const board = defineResource({
  name: 'board',
  title: 'A project’s board',
  description: 'Columns from left to right with their tickets from the top.',
  template: 'toado://projects/{id}/board',
  idIs: 'a project’s id or name',
  kind: 'project',
  uses: ['list_columns', 'list_projects', 'list_tickets'],
  read: async (id, api, around) => (await import('./read-board.ts')).readBoard(id, api, around),
  list: (projects) => projects.slice(0, LISTED).map(({ id, name }) => ({ id, title: name })),
});

const ticket = defineResource({
  name: 'ticket',
  title: 'A ticket',
  description: 'One ticket with its comments.',
  template: 'toado://tickets/{id}',
  kind: 'ticket',
  uses: ['get_ticket', 'list_comments'],
  read: async (id, api, around) => (await import('./read-ticket.ts')).readTicket(id, api, around),
});

export const resources: readonly Resource[] = [board, ticket];
