/** The pieces of a call that were made lighter, each beside what it stands for: where a call's time goes, and why. */
import * as z from 'zod';
import { Redactor } from '../src/respond/redact-token.ts';
import { respond } from '../src/respond/respond.ts';
import { spellingsOf } from '../src/respond/token-spellings.ts';
import { Reading } from '../src/toado-api/schema-kit/reading.ts';
import { ticket as readTicket } from '../src/toado-api/schemas/index.ts';
import { omittedFromDetail, ticketDetail } from '../src/views/ticket.ts';
import { TOKEN } from './child.ts';
import { median, ratio, table } from './statistics.ts';

const ROUNDS = 15;
const PER_ROUND = 4_000;

/** @param text of a small ticket, as the API answers it. */
export async function benchPieces(text: string): Promise<string> {
  const reading = new Reading();
  const ticket = readTicket(JSON.parse(text), reading);
  const around = {
    webOrigin: 'https://toado.example',
    pageOf: (id: string) => `https://app.toado.dev/tickets/${id}`,
    nameOf: () => undefined,
  };
  const answer = {
    data: ticketDetail(ticket, around),
    omitFromText: omittedFromDetail(ticket),
    textFrom: 0,
    notes: [],
  };
  const message = { jsonrpc: '2.0', id: 1, result: await respond(answer) };
  const redactor = new Redactor();
  redactor.add(TOKEN);
  const families = spellingsOf('tok_01HZXABCDEFGHJKMNPQRSTVWXYZ0123456789');
  const log = 'GET https://shop.example/api/v1/cart/items?page=2 200 in 31 ms\n'.repeat(16);
  const schema = looseTicket();

  const pieces: [what: string, ours: () => unknown, instead: string, theirs: () => unknown][] = [
    [
      'reading a ticket (toado-api/schemas)',
      () => readTicket(ticket, reading),
      'zod, with a preprocess at each level',
      () => schema.parse(ticket),
    ],
    [
      'making a result (respond)',
      () => respond(answer),
      'JSON.stringify of the same',
      () => JSON.stringify(answer.data),
    ],
    [
      'a line without the token (redact)',
      () => redactor.redactJson(message),
      'JSON.stringify of the same',
      () => JSON.stringify(message),
    ],
    [
      'a look whether the token may be in 1 kB of a log',
      () => families.some(({ mayBeIn }) => mayBeIn(log)),
      'all its spellings looked for',
      () => families.some(({ pattern }) => log.search(pattern) >= 0),
    ],
  ];
  const times = pieces.map(() => ({ ours: [] as number[], theirs: [] as number[] }));
  // The first round only warms up.
  for (let round = -1; round < ROUNDS; round++) {
    for (const [at, [, ours, , theirs]] of pieces.entries()) {
      const took = { ours: each(ours), theirs: each(theirs) };
      if (round < 0) continue;
      times[at]!.ours.push(took.ours);
      times[at]!.theirs.push(took.theirs);
    }
  }
  return table(
    ['what', 'µs', 'instead of', 'µs', 'ratio'],
    pieces.map(([what, , instead], at) => {
      const [ours, theirs] = [median(times[at]!.ours), median(times[at]!.theirs)];
      return [what, ours.toFixed(2), instead, theirs.toFixed(2), ratio(ours, theirs)];
    }),
  );
}

/** Microseconds. */
function each(run: () => unknown): number {
  const from = performance.now();
  for (let time = 0; time < PER_ROUND; time++) run();
  return ((performance.now() - from) / PER_ROUND) * 1000;
}

/** As `toado-api/schemas` was written before: every level takes a second spelling of its fields, and unknown ones. */
function looseTicket(): z.ZodType {
  const shape = <Fields extends z.ZodRawShape>(fields: Fields) => {
    const known = new Set(Object.keys(fields));
    const respell = (value: unknown) => {
      for (const key of Object.keys(value as object))
        if (!known.has(key)) key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return value;
    };
    return z.preprocess(respell, z.looseObject(fields));
  };
  const text = z.string().nullish();
  const person = shape({ id: z.string(), name: text });
  const attribution = shape({ user: person, token: person.nullish(), via: text, at: text });
  const size = shape({ width: z.number().nullish(), height: z.number().nullish() });
  return shape({
    id: z.string(),
    title: z.string(),
    project_id: text,
    column_id: text,
    status: text,
    resolved: z.boolean().nullish(),
    is_draft: z.boolean().nullish(),
    assignees: z.array(person).nullish(),
    comment_count: z.number().nullish(),
    has_capture: z.boolean().nullish(),
    has_ai_activity: z.boolean().nullish(),
    source_url: text,
    created_at: text,
    updated_at: text,
    description: text,
    created: attribution.nullish(),
    updated: attribution.nullish(),
    capture: shape({
      id: text,
      captured_at: text,
      url: text,
      page_title: text,
      browser: text,
      viewport: size.nullish(),
      screenshot: size.nullish(),
      extension_version: text,
      page_load_state: text,
      health: z.array(z.unknown()).nullish(),
    }).nullish(),
  });
}
