/** A ticket as well-known REST frameworks and APIs write it. */
import { expect } from 'vitest';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';

export type Data = Record<string, unknown>;

export function read(route: RouteName, json: unknown, headers: Record<string, string> = {}) {
  const reading = new Reading();
  const answer = readAnswer(routes[route].answer, structuredClone(json), headers, reading) as Data;
  for (const { understood, path, was } of reading.differences)
    expect([understood, path, was]).toEqual([true, path, was]);
  return answer;
}

export const AT = '2026-01-01T00:00:00.000Z';
export const FACTS = {
  id: '7',
  title: 'A',
  project_id: '3',
  column_id: '5',
  status: 'active',
  assignees: [{ id: '9', name: 'Mia Berg' }],
  created_at: AT,
};
export const PLAIN = { ...FACTS, id: 7, project_id: 3, column_id: 5 };
export const ROWS = [PLAIN, { ...PLAIN, id: 8 }];

export const RESOURCE = (id: number) => ({
  type: 'tickets',
  id: String(id),
  attributes: { title: 'A', status: 'active', 'created-at': AT },
  relationships: {
    project: { data: { type: 'projects', id: '3' }, links: { related: '/projects/3' } },
    column: { data: { type: 'columns', id: '5' } },
    assignees: { data: [{ type: 'people', id: '9' }] },
  },
  links: { self: `/tickets/${id}` },
});
export const INCLUDED = [{ type: 'people', id: '9', attributes: { name: 'Mia Berg' } }];
export const STRAPI = (id: number) => ({
  id,
  attributes: {
    title: 'A',
    status: 'active',
    createdAt: AT,
    project: { data: { id: 3, attributes: { name: 'Shop' } } },
    column: { data: { id: 5, attributes: { name: 'Review' } } },
    assignees: { data: [{ id: 9, attributes: { name: 'Mia Berg' } }] },
  },
});
export const MONGO = (id: string) => ({
  _id: { $oid: id },
  title: 'A',
  project: { _id: { $oid: '3' }, name: 'Shop' },
  column: { $oid: '5' },
  status: 'active',
  assignees: [{ _id: { $oid: '9' }, name: 'Mia Berg' }],
  createdAt: { $date: { $numberLong: String(Date.parse(AT)) } },
});
export const FIRESTORE = { ...PLAIN, created_at: { _seconds: Date.parse(AT) / 1000, _nanoseconds: 0 } };
export const DOT_NET = {
  Id: 7,
  Title: 'A',
  ProjectId: 3,
  ColumnId: 5,
  Status: 'active',
  Assignees: [{ Id: 9, FirstName: 'Mia', LastName: 'Berg', firstName: 'Mia', lastName: 'Berg' }],
  CreatedAt: `/Date(${Date.parse(AT)})/`,
};
