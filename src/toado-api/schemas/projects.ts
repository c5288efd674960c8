/** Companies, their projects, the columns of a board, members. */
import { isJsonObject } from '../../base/json-object.ts';
import { count, reference, text } from '../schema-kit/scalar-readers.ts';
import { list, objectSchema } from '../schema-kit/tolerant-schema.ts';
import { fromId, ID } from './common.ts';
import { gatherName, NAMES } from './people.ts';

export const company = objectSchema(
  'company',
  { id: text, name: text, role: text },
  { also: { id: ['company_id', ...ID], name: ['title'], role: ['my_role', 'user_role'] } },
);
export const project = objectSchema(
  'project',
  { id: text, company_id: reference, name: text, url_patterns: list(text) },
  { also: { id: ['project_id', ...ID], company_id: ['company'], name: ['title'], url_patterns: ['urls'] } },
);
export const column = objectSchema(
  'column',
  { id: text, name: text, order: count },
  { also: { id: ['column_id', ...ID], name: ['title'], order: ['position', 'index', 'sort_order', 'rank'] } },
);
export const member = objectSchema(
  'member',
  { id: text, name: text, email: text, role: text },
  {
    also: { id: ['user_id', ...ID], name: NAMES },
    // A membership that holds its user.
    gather: (data) => {
      const { user } = data;
      if (isJsonObject(user) && data.name === undefined) {
        delete data.user;
        Object.assign(data, user);
      }
      gatherName(data);
    },
    from: fromId,
  },
);
