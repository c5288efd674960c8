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
import { asTaken } from './read-bulk.ts';
import { refusalIn } from './refusal-inside.ts';
import { unwrapGraphql } from './unwrap-graphql.ts';

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
  const { status, text, headers, isCut } = answer;
  if (isPage(answer)) throw badAnswer('', answer, request);
  let said: JsonObject | undefined;
  /** Of what was only tried out, or denied in the same breath, only a look tells whether it was done. */
  let isDone = true;
  let isTrial = false;
  let json: unknown;
  let write: typeof ofWrites;
  const accepted = (id?: string) => {
    const which = id ?? idOf(json);
    // Which one it was that is there already.
    const isNamed = which && !isDone && !isTrial && said && write?.deniesNew(said, which);
    return new Accepted(
      isDone ? status : undefined,
      isDone ? (id ?? madeAt(answer, request)) : undefined,
      isCut,
      isNamed ? { id: which, ...said } : said,
    );
  };
  const nothing = (what: string) => (isRead ? badAnswer(what, answer, request) : accepted());
  if (text.trim() === '') {
    if (isRead && status === 204 && form.kind !== 'one') return { items: [] };
    throw nothing('it is empty');
  }
  try {
    // A write was carried out, whoever waits for its answer.
    const maxItems = form.kind === 'one' ? undefined : MAX_ROWS;
    const isLarge = text.length > MAX_WHOLE_LENGTH;
    json = isLarge ? await inPieces(text, isRead ? signal : undefined, maxItems) : parseJson(text);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (isRead) throw badAnswer('it is not JSON', answer, request);
    throw unread(answer, request, form);
  }
  // With 202, a row may show what it will be.
  if (status !== 202 && isBareRow(form, json, reading.names)) return form.schema(json, reading);
  if (!isRead) {
    write = ofWrites ??= await import('./write-outcome.ts');
    json = unwrapGraphql(json);
  }
  const refusal = refusalIn(form, json, isRead);
  if (refusal) throw failureInside(refusal, answer, request);
  // Before it is read: that puts fields elsewhere.
  const of = write?.writeOutcome(json, form);
  const isDenied = of?.isDenied;
  if (of) ({ isTrial, isDone, said } = of);
  let value: unknown;
  const settle = form.whole?.(json);
  try {
    value = readAnswer(form, json, headers, reading, request.isNextPage);
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error;
    const place = error.path.join('.');
    const { was, expected } = error;
    reading.note(place, `${was} instead of ${expected}`, false);
    throw nothing(`${place || 'it'} should be ${expected}, and ${was} was there`);
  }
  settle?.(value as never);
  if (form.kind === 'bulk' && status === 202) asTaken(value as BulkAnswer);
  if (form.kind !== 'one') return value;
  if (!isRead) {
    // What was only tried out has no row, whatever is shown.
    const mayHaveId = 'id' in form.schema.fields;
    if (isTrial || saysNothing(form, value) || (isDenied && mayHaveId && idOf(value) === undefined))
      throw accepted(idOf(value));
    // A sentence about the call, and no comment's text.
    if (mayHaveId && idOf(value) === undefined && isTextOf(value, said)) throw accepted();
    const extra = said && write?.unknownIn(said, form, value as object);
    keepExtraFields(value, extra, mayHaveId ? of?.around : undefined);
    // Taken, and carried out later: a row may show what it will be.
    if (status === 202) {
      said = extraFieldsOf(value as object);
      throw accepted(idOf(value));
    }
  } else if (!hasKnownFields(form, value, 1)) {
    throw badAnswer('nothing in it is known to this version', answer, request);
  }
  return value;
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
