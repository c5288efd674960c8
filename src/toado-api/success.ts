/** What a 2xx says: the value that the route promises, a failure in disguise, or for a write no more than "accepted". */
import { Accepted } from './accepted.ts';
import type { Form } from './answer-forms.ts';
import { type Asked, badAnswer, failureInside } from './api-errors.ts';
import { isPage } from './error-body.ts';
import type { HttpResponse } from './http.ts';
import { parseJson } from './parse-json.ts';
import { knownFields, readAnswer, saysNothing } from './read-answer.ts';
import { Misshapen, type Reading } from './reading.ts';

/** @throws Failure; or Accepted, where a write was done and nothing was said of the row. */
export function readSuccess(answer: HttpResponse, asked: Asked, form: Form, reading: Reading): unknown {
  const { isRead } = asked.route;
  const { status, text, headers } = answer;
  if (isPage(answer)) throw badAnswer('', answer, asked);
  const nothing = (what: string, id?: string) =>
    isRead ? badAnswer(what, answer, asked) : new Accepted(status, id);
  if (text.trim() === '') {
    if (isRead && status === 204 && form.kind !== 'one') return { items: [] };
    throw nothing('it is empty');
  }
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    throw nothing('it is not JSON');
  }
  if (isRefusal(json)) throw failureInside(json, answer, asked);
  let value: unknown;
  try {
    value = readAnswer(form, json, headers, reading);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    const place = error.path.join('.');
    const { was, expected } = error;
    reading.note(place, `${was} instead of ${expected}`, false);
    throw nothing(`${place || 'it'} should be ${expected}, and ${was} was there`);
  }
  if (form.kind !== 'one') return value;
  if (!isRead) {
    if (saysNothing(form, value)) throw new Accepted(status, idOf(value));
  } else if (knownFields(form, value) === 0) {
    throw badAnswer('nothing in it is known to this version', answer, asked);
  }
  return value;
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** An error envelope, or an answer that says of itself that it was no success. */
function isRefusal(json: unknown): json is Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const { ok, success, error, errors, id, data, status } = json as Record<string, unknown>;
  if (ok === false || success === false || status === 'error') return true;
  // What has an id is the thing itself, whatever else it has.
  if ((id !== undefined && id !== null) || isFilled(data)) return false;
  return isError(error) || (isFilled(errors) && Object.keys(json).every((name) => !isFilledList(json, name)));
}

function isFilledList(json: object, name: string): boolean {
  return name !== 'errors' && Array.isArray((json as Record<string, unknown>)[name]);
}

function isError(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
