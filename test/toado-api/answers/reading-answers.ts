import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';

export type Data = Record<string, unknown>;

export function read(
  route: RouteName,
  json: unknown,
  headers: Record<string, string> = {},
  reading = new Reading(),
) {
  return readAnswer(routes[route].answer, structuredClone(json), headers, reading) as Data;
}

export const ROW = { id: 't-abc123', title: 'A', project_id: 'proj_1', column_id: 'col_1', comment_count: 2 };
export const ROWS = [ROW, { ...ROW, id: 't-def456' }];
