/** What a 2xx says: the value that the route promises, a failure in disguise, or for a write no more than "accepted". */
import { Failure } from '../../base/failure.ts';
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { Slices } from '../../base/time-slices.ts';
import { badAnswer, failureInside, type RequestInfo } from '../errors/api-errors.ts';
import { isPage } from '../errors/error-body.ts';
import type { HttpResponse } from '../http/http.ts';
import { MAX_WHOLE_LENGTH, parseJson, parsePart } from '../json/parse-json.ts';
import type { BulkAnswer, Form } from '../routes/answer-forms.ts';
import { type Reading, SchemaMismatch } from '../schema-kit/reading.ts';
import { MAX_ROWS } from '../schema-kit/tolerant-schema.ts';
import { saysYes } from '../vocabulary/outcome-words.ts';
import { Accepted } from './accepted-without-row.ts';
import { isBareRow } from './bare-row.ts';
import { extraFieldsOf, keepExtraFields } from './extra-fields.ts';
import { hasKnownFields, readAnswer, saysNothing } from './read-answer.ts';
import { leaveOpen } from './read-bulk.ts';
import { refusalIn } from './refusal-inside.ts';
import { unwrapGraphql } from './unwrap-graphql.ts';
import type { WriteOutcome } from './write-outcome.ts';

async function inPieces(text: string, signal: AbortSignal | undefined, maxItems?: number): Promise<unknown> {
  const { parseLarge } = await import('../json/parse-large.ts');
  // Rows may be an object's fields.
  return parseLarge(text, new Slices(signal), { maxItems, maxFields: maxItems });
}

/** What only writes need: it loads with the first of them that is more than a row. */
let ofWrites: typeof import('./write-outcome.ts') | undefined;

/** @throws Failure; or Accepted, where a write was done and nothing was said of the row. */
export async function readSuccess(
  answer: HttpResponse,
  request: RequestInfo,
  form: Form,
  reading: Reading,
  signal?: AbortSignal,
): Promise<unknown> {
  const { isRead } = request.route;
  const { status, headers } = answer;
  if (isPage(answer)) throw badAnswer('', answer, request);
  if (answer.text.trim() === '') {
    if (!isRead) throw acceptedWrite(answer, request);
    if (status === 204 && form.kind !== 'one') return { items: [] };
    throw badAnswer('it is empty', answer, request);
  }
  let json = await parsed(answer, request, form, signal);
  // With 202, a row may show what it will be.
  if (status !== 202 && isBareRow(form, json, reading.names)) return form.schema(json, reading);
  if (!isRead) {
    ofWrites ??= await import('./write-outcome.ts');
    json = unwrapGraphql(json);
  }
  const refusal = refusalIn(form, json, isRead);
  if (refusal) throw failureInside(refusal, answer, request);
  // Before it is read: that puts fields elsewhere.
  const told = isRead ? undefined : ofWrites?.writeOutcome(json, form);
  let value: unknown;
  const settle = form.whole?.(json);
  try {
    value = readAnswer(form, json, headers, reading, request.isNextPage);
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error;
    const place = error.path.join('.');
    const { was, expected } = error;
    reading.note(place, `${was} instead of ${expected}`, false);
    if (told) throw acceptedWrite(answer, request, told, json);
    throw badAnswer(`${place || 'it'} should be ${expected}, and ${was} was there`, answer, request);
  }
  settle?.(value as never);
  if (form.kind === 'bulk' && status === 202) leaveOpen(value as BulkAnswer);
  if (form.kind !== 'one') return value;
  if (!told) {
    if (hasKnownFields(form, value, 1)) return value;
    throw badAnswer('nothing in it is known to this version', answer, request);
  }
  const accepted = (more?: Partial<WriteOutcome>) =>
    acceptedWrite(answer, request, { ...told, ...more }, json, idOf(value));
  if (!isRow(form, value, told)) throw accepted();
  const extra = told.said && ofWrites?.unknownIn(told.said, form, value as object);
  keepExtraFields(value, extra, 'id' in form.schema.fields ? told.around : undefined);
  // Taken, and carried out later: a row may show what it will be.
  if (status === 202) throw accepted({ said: extraFieldsOf(value as object) });
  return value;
}

/** Whether what was read is a row; what was only tried out has none, whatever is shown. */
function isRow(form: Form, value: unknown, { isTrial, isDenied, said }: WriteOutcome): boolean {
  if (isTrial || saysNothing(form, value)) return false;
  if (!('id' in form.schema.fields) || idOf(value) !== undefined) return true;
  // Without an id, a sentence about the call may pass for a comment's text.
  return !isDenied && !isTextOf(value, said);
}

/** @param id of the row, where one was read. */
function acceptedWrite(
  answer: HttpResponse,
  request: RequestInfo,
  { isDone, isTrial, said }: Pick<WriteOutcome, 'isDone' | 'isTrial' | 'said'> = DONE,
  json?: unknown,
  id?: string,
): Accepted {
  const which = id ?? idOf(json);
  // Which one it was that is there already.
  const isNamed = which && !isDone && !isTrial && said && ofWrites?.deniesNew(said, which);
  return new Accepted(
    isDone ? answer.status : undefined,
    isDone ? (id ?? madeAt(answer, request)) : undefined,
    answer.isCut,
    isNamed ? { id: which, ...said } : said,
  );
}

/** Of an answer that says nothing. */
const DONE = { isDone: true, isTrial: false, said: undefined };

async function parsed(
  answer: HttpResponse,
  request: RequestInfo,
  form: Form,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { text } = answer;
  const { isRead } = request.route;
  try {
    if (text.length <= MAX_WHOLE_LENGTH) return parseJson(text);
    // A write was carried out, whoever waits for its answer.
    return await inPieces(text, isRead ? signal : undefined, form.kind === 'one' ? undefined : MAX_ROWS);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw isRead ? badAnswer('it is not JSON', answer, request) : unread(answer, request, form);
  }
}

function isTextOf(value: unknown, said: JsonObject = {}): boolean {
  const { body } = value as { body?: unknown };
  if (typeof body === 'string' && saysYes(body)) return true;
  return Object.keys(said).some((name) => name.toLowerCase() === 'message' && said[name] === body);
}

/** The id of a new row, where no more is said of it than its address: `Location: /tickets/t-8fK2aQ`. */
function madeAt({ status, headers }: HttpResponse, { route }: RequestInfo): string | undefined {
  const { location } = headers;
  if (status !== 201 || typeof location !== 'string' || !URL.canParse(location, 'http://made.invalid'))
    return undefined;
  const { pathname } = new URL(location, 'http://made.invalid');
  const [collection, id] = pathname.split('/').filter(Boolean).slice(-2);
  return collection === route.path.split('/').at(-1) ? id : undefined;
}

const MAX_SENTENCE = 300;

/** A write's answer that is no JSON, or broke off: what there is of it may still say no, or name the row. */
function unread(answer: HttpResponse, request: RequestInfo, form: Form): Error {
  const part = parsePart(answer.text);
  // Of several rows, one a line, the first says nothing of the others.
  const isRow = form.kind === 'bulk' && isJsonObject(part) && form.schema.fieldOf(part, 'ticket_id');
  const refusal = isRow ? undefined : refusalIn(form, part);
  if (refusal) return failureInside(refusal, answer, request);
  const text = answer.text.trim();
  if (form.kind === 'one' && text.length <= MAX_SENTENCE && /^[^{}[\]<>]+$/.test(text))
    return new Accepted(answer.status, undefined, false, saysYes(text) ? undefined : { answer: text });
  return new Accepted(answer.status, form.kind === 'one' ? idOf(part) : undefined, true);
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
