import { isJsonObject } from '../../base/json-object.ts';
import type { Form } from '../routes/answer-forms.ts';
import type { FieldNames } from '../schema-kit/reading.ts';
import { saysNothing } from './read-answer.ts';

/**
 * Whether an answer is the row itself in the contract's form, and nothing more: then nothing in it is about the request.
 * Nearly every answer is.
 */
export function isBareRow(form: Form, json: unknown, names?: FieldNames): boolean {
  const { kind, schema } = form;
  if (kind !== 'one' || !('id' in schema.fields) || !isJsonObject(json)) return false;
  // What can't be read without a field says so where it lacks; and a map may call another field the id.
  if (schema.neededFields.length > 0 || names?.[schema.schemaName]) return false;
  const { id, status = null } = json;
  // Any other word may be the request's.
  const isState = status === null || status === 'active' || status === 'archived';
  return !!id && isState && schema.holdsOnlyFields(json) && !saysNothing(form, json);
}
