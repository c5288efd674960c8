/**
 * Reads what a route answered, in whichever ordinary form it came: bare or in an envelope, a list under one of its
 * names, a page with its continuation. What is inside is read by the schema that the route declares.
 */
import { setField } from '../base/set-field.ts';
import type { BulkAnswer, Form, Page } from './answer-forms.ts';
import type { HttpResponse } from './http.ts';
import { continuationOf, PAGING_NAMES } from './paging-forms.ts';
import { type Reading, SchemaMismatch, typeName } from './reading.ts';
import { inPlainForm } from './resource-styles.ts';
import { list } from './tolerant-schema.ts';

type Data = Record<string, unknown>;

export const WRAPPERS = ['data', 'result', 'payload', 'response', 'body', 'content', '_embedded'];
export const LISTS = [
  ...['items', 'data', 'results', 'records', 'rows', 'nodes', 'entries', 'values', 'list'],
  ...['content', 'value', 'elements', 'docs', 'documents', 'objects', 'resources', 'collection', 'hits'],
];
/** What an envelope says of itself. */
const ENVELOPE = new Set([
  'ok',
  'success',
  'error',
  'errors',
  'status',
  'code',
  'message',
  'request_id',
  'requestId',
  'jsonapi',
  'meta',
  'links',
  '_links',
]);
/** What an envelope says of itself in lists. */
const NO_ROWS = new Set([...ENVELOPE, 'warnings', 'messages', 'included', 'notices']);

/** @throws SchemaMismatch */
export function readAnswer(
  form: Form,
  json: unknown,
  headers: HttpResponse['headers'],
  reading: Reading,
): unknown {
  const plain = inPlainForm(json, form.kind !== 'one', reading);
  switch (form.kind) {
    case 'one':
      return readOne(form, plain, reading);
    case 'list':
    case 'page':
      return readPage(form, plain, headers, reading);
    case 'bulk':
      return readBulk(form, plain, reading);
  }
}

/** How many of the fields that the schema knows are there, under whichever name; one that is needed decides. */
export function knownFields({ schema }: Form, value: unknown): number {
  if (!isData(value)) return 0;
  const has = (field: string) => schema.fieldOf(value, field) !== undefined;
  return (
    Object.keys(schema.fields).filter(has).length +
    100 * schema.neededFields.filter((field) => has(field)).length
  );
}

function readOne(form: Form, json: unknown, reading: Reading): unknown {
  const found = findOne(form, json);
  const first = reading.differences.length;
  const value = form.schema(found.value, reading);
  if (found.under) {
    reading.inside(first, found.under);
    reading.note('', `an object under ${found.under} instead of a bare one`);
  }
  return value;
}

/** The thing itself: bare, or under a name, also one level down. What stands beside it goes along. */
function findOne(form: Form, json: unknown): { value: unknown; under?: string } {
  if (!isData(json)) {
    if (Array.isArray(json) && json.length === 1 && isData(json[0])) return { value: json[0], under: '0' };
    return { value: json };
  }
  let names = [...WRAPPERS, ...form.own];
  // Under a name that nobody foresaw: there it is known by its own fields.
  if (!names.some((name) => isData(json[name]) || isListOfOne(json[name])) && knownFields(form, json) === 0)
    names = Object.keys(json).filter((name) => !ENVELOPE.has(name));
  const inside = names.filter((name) => isData(json[name]) || isListOfOne(json[name]));
  if (inside.length === 0) return { value: json };
  let best: { value: Data; under?: string; known: number } = { value: json, known: knownFields(form, json) };
  for (const name of inside) {
    const outer = isData(json[name]) ? json[name] : ((json[name] as unknown[])[0] as Data);
    for (const [under, value] of [
      [name, outer],
      ...names.flatMap((deeper) => (isData(outer[deeper]) ? [[`${name}.${deeper}`, outer[deeper]]] : [])),
    ] as [string, Data][]) {
      const known = knownFields(form, value);
      if (known > best.known) best = { value, under, known };
    }
  }
  if (best.under) addBeside(best.value, json, best.under);
  return best;
}

function isListOfOne(value: unknown): boolean {
  return Array.isArray(value) && value.length === 1 && isData(value[0]);
}

/** What an envelope holds beside the thing is shown with it, where it says something of its own. */
function addBeside(value: Data, envelope: Data, under: string): void {
  const name = under.split('.')[0]!;
  for (const beside in envelope) {
    if (beside === name || ENVELOPE.has(beside) || Object.hasOwn(value, beside)) continue;
    setField(value, beside, envelope[beside]);
  }
}

interface FoundList {
  items: unknown[];
  /** What stood around it, the outermost first. */
  envelopes: Data[];
  /** The names that lead to it. */
  path: string[];
}

/**
 * One or two levels down, below `data` three.
 * @param anyName whether a list may stand under a name that nobody foresaw, where it is the only one.
 */
function findList(
  own: readonly string[],
  json: unknown,
  { anyName = false, isLast = false } = {},
): FoundList | undefined {
  if (Array.isArray(json)) return { items: json, envelopes: [], path: [] };
  if (!isData(json)) return undefined;
  // Its own name says most; then the usual ones, and what they lead to.
  const names = ['items', ...own, ...LISTS];
  for (const name of names) {
    const items = json[name];
    if (Array.isArray(items)) return { items, envelopes: [json], path: [name] };
  }
  for (const name of [...own, ...LISTS, ...WRAPPERS]) {
    const inner = json[name];
    if (!isData(inner)) continue;
    const found = isLast ? undefined : findList(own, inner, { isLast: name !== 'data' });
    if (found) return { ...found, envelopes: [json, ...found.envelopes], path: [name, ...found.path] };
  }
  if (!anyName) return undefined;
  const alone = onlyList(json);
  if (alone) return { items: json[alone] as unknown[], envelopes: [json], path: [alone] };
  for (const name in json) {
    const inner = json[name];
    const deeper = isData(inner) && !ENVELOPE.has(name) ? onlyList(inner) : undefined;
    if (deeper)
      return {
        items: (inner as Data)[deeper] as unknown[],
        envelopes: [json, inner as Data],
        path: [name, deeper],
      };
  }
  return undefined;
}

function onlyList(place: Data): string | undefined {
  const names = Object.keys(place).filter(
    (name) => Array.isArray(place[name]) && !NO_ROWS.has(name) && !PAGING_NAMES.has(name),
  );
  const [name, ...others] = names;
  return name !== undefined && others.length === 0 && (place[name] as unknown[]).every(isData)
    ? name
    : undefined;
}

/** A page; for a route whose answer is a bare list in the contract, the client gathers its pages into one. */
function readPage(
  form: Form,
  json: unknown,
  headers: HttpResponse['headers'],
  reading: Reading,
): Page<unknown> {
  const found = findList(form.own, json, { anyName: true });
  if (!found)
    throw new SchemaMismatch(
      `a list (bare or under ${[...form.own, ...LISTS].slice(0, 5).join(', ')})`,
      json,
    );
  const { envelopes, path } = found;
  const { cursor, isSaid, how } = continuationOf(envelopes, headers, found.items);
  const first = reading.differences.length;
  const items = list(form.schema)(found.items, reading);
  const under = path.join('.');
  const expected = form.kind === 'page' ? 'items' : '';
  if (under !== '') reading.inside(first, under);
  if (under !== expected)
    reading.note(
      '',
      under === ''
        ? 'a bare list instead of one under items'
        : `a list under ${under}${expected === '' ? ' instead of a bare one' : ''}`,
    );
  if (how) reading.note('cursor', how);
  const page: Page<unknown> = { items };
  if (cursor) page.cursor = cursor;
  // Only the contract's own form says by an absent cursor that this is the last page.
  else if (form.kind === 'page' && !isSaid && items.length > 0) page.endUnknown = true;
  addUnknown(page, found);
  return page;
}

/** What stands beside a list and says something of its own. */
function addUnknown(answer: Data, { envelopes, path }: FoundList): void {
  for (const [depth, envelope] of envelopes.entries()) {
    for (const name in envelope) {
      if (name === path[depth] || Object.hasOwn(answer, name) || PAGING_NAMES.has(name) || ENVELOPE.has(name))
        continue;
      setField(answer, name, envelope[name]);
    }
  }
}

/** Names of lists that hold only what succeeded, or only what failed. */
const SUCCEEDED = ['succeeded', 'success', 'updated', 'moved', 'assigned', 'unassigned', 'ok'];
const FAILED = ['failed', 'failures', 'errors', 'rejected'];

function readBulk(form: Form, json: unknown, reading: Reading): BulkAnswer {
  const answer: BulkAnswer = { results: [] };
  const inside = isData(json) ? WRAPPERS.map((name) => json[name]).find(isData) : undefined;
  const apart = [json, inside].flatMap((place) => (isData(place) ? listsByOutcome(place) : []));
  const found = findList(['results', ...form.own], json);
  const isApart = apart.some(({ items }) => items === found?.items);
  if (found && !isApart) {
    const first = reading.differences.length;
    answer.results = list(form.schema)(found.items, reading) as BulkAnswer['results'];
    const under = found.path.join('.');
    if (under) reading.inside(first, under);
    if (under !== 'results') reading.note('', `a list under ${under || 'nothing'} instead of results`);
    // Above rows that don't say themselves how they fared, a flag says that not all went well.
    const isRefused = found.envelopes.some(({ ok, success }) => saysNo(ok) || saysNo(success));
    if (isRefused) for (const row of answer.results) if (row.ok === undefined) row.ok = null;
    addUnknown(answer, found);
  }
  const filled = apart.filter(({ items }) => items.length > 0);
  if (filled.length > 0 || (apart.length > 0 && !found))
    reading.note('', `lists under ${apart.map(({ name }) => name).join(' and ')} instead of results`);
  for (const { name, items, ok } of apart) {
    delete answer[name];
    for (const value of items)
      answer.results.push({ ...form.schema(value, reading), ok } as BulkAnswer['results'][0]);
  }
  // Nothing is said of any ticket: none of them is confirmed.
  if (!found && apart.length === 0) reading.note('', `${typeName(json)} instead of results`, false);
  return answer;
}

/** Of a bulk answer: its lists of what went well, and of what didn't. */
function listsByOutcome(place: Data): { name: string; items: unknown[]; ok: boolean }[] {
  const of = (names: string[], ok: boolean) => {
    const name = names.find((one) => Array.isArray(place[one]));
    return name ? [{ name, items: place[name] as unknown[], ok }] : [];
  };
  return [...of(SUCCEEDED, true), ...of(FAILED, false)];
}

/** Whether an answer to a write says nothing of the row but perhaps its id. */
export function saysNothing(form: Form, value: unknown): boolean {
  if (!isData(value)) return true;
  const filled = Object.keys(form.schema.fields).filter(
    (field) => field !== 'id' && field !== 'ticket_id' && value[field] !== undefined && value[field] !== null,
  );
  return filled.length === 0;
}

/** A flag that says no, in whatever form. */
export function saysNo(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && NEGATIVE_WORD.test(value.trim()));
}
export const NEGATIVE_WORD =
  /^(no|false|error|errors|errored|fail|failed|failure|unsuccessful|rejected|denied|refused|forbidden|unauthorized|invalid|conflict)$/i;

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
