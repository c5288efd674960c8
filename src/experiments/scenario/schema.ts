/** What a scenario's file holds: task, token, starting state, faults, what must hold at the end and what must never happen. */
import * as z from 'zod';

const ticketId = z.string().regex(/^t-[A-Za-z0-9]{6}$/, 'a ticket’s id: t- and six letters or digits');
/** A regular expression; capitals and small letters count alike unless it begins with (?-i). */
const pattern = z.string().refine(isPattern, 'not a regular expression');
const patterns = z.array(pattern);

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'isu');
    return true;
  } catch {
    return false;
  }
}

const scope = z.enum(['read', 'comments', 'tickets:write', 'tickets:assign']);
const count = z.union([
  z.int().nonnegative(),
  z
    .strictObject({ min: z.int().nonnegative().optional(), max: z.int().nonnegative().optional() })
    .refine(({ min = 0, max = Infinity }) => min <= max, 'min is more than max'),
]);
/** A text of white space alone is a mistake. */
const words = z.string().trim().min(1);
/** Ids of people. */
const people = z
  .array(z.string())
  .refine((ids) => new Set(ids).size === ids.length, 'somebody is named twice');
const hoursAgo = z.number().nonnegative().max(100_000);

const author = z.strictObject({
  user: z.string(),
  /** The label of a token that it was written with; absent: in the web application. */
  token: z.string().optional(),
});

const comment = z.strictObject({
  by: z.union([z.string(), author]),
  hours_ago: hoursAgo,
  body: z.string(),
});

const capture = z.strictObject({
  url: z.string(),
  page_title: z.string().optional(),
  health: z
    .array(z.strictObject({ section: z.string(), state: z.enum(['partial', 'empty']), reason: z.string() }))
    .optional(),
  console: z
    .array(
      z.strictObject({
        level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
        text: z.string(),
      }),
    )
    .optional(),
  network: z
    .array(
      z.strictObject({
        method: z.string().optional(),
        url: z.string(),
        status: z.int(),
        request_body: z.string().optional(),
        response_body: z.string().optional(),
      }),
    )
    .optional(),
  errors: z.array(z.strictObject({ message: z.string(), stack: z.string().optional() })).optional(),
});

const ticket = z.strictObject({
  id: ticketId,
  project: z.string(),
  /** By its name; the project's first if absent. */
  column: z.string().optional(),
  title: words,
  description: z.string().optional(),
  by: z.union([z.string(), author]),
  hours_ago: hoursAgo.optional(),
  assignees: people.optional(),
  branch: z.string().optional(),
  resolved: z.boolean().optional(),
  draft: z.boolean().optional(),
  archived: z.boolean().optional(),
  comments: z.array(comment).optional(),
  capture: capture.optional(),
});

const state = z.strictObject({
  users: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        /** By company. */
        roles: z.record(z.string(), z.enum(['owner', 'admin', 'member', 'viewer'])),
      }),
    )
    .optional(),
  projects: z
    .array(
      z.strictObject({
        id: z.string(),
        company: z.string(),
        name: z.string(),
        columns: z.array(z.string()).min(1),
        members: people.optional(),
      }),
    )
    .optional(),
  tickets: z.array(ticket).optional(),
  /** On tickets that a fresh sandbox has. */
  comments: z.array(z.strictObject({ ticket: ticketId, ...comment.shape })).optional(),
  /** Requests a minute of tokens in a company. */
  limits: z
    .record(z.string(), z.strictObject({ reads: z.int().positive(), writes: z.int().positive() }))
    .optional(),
});

const fault = z.strictObject({
  on: z.string(),
  from: z.int().positive().optional(),
  times: z.int().positive().optional(),
  delay_ms: z.int().positive().max(600_000).optional(),
  rate_limited: z.int().nonnegative().optional(),
  status: z.int().min(500).max(599).optional(),
  lose_answer: z.boolean().optional(),
  revoke_token: z.boolean().optional(),
});

const label = { label: words.optional() };

/** How a ticket stands at the end. */
const ticketCheck = z.strictObject({
  ...label,
  ticket: ticketId,
  is: z.strictObject({
    column: z.string().optional(),
    resolved: z.boolean().optional(),
    archived: z.boolean().optional(),
    title: pattern.optional(),
    description: pattern.optional(),
    branch: z.union([pattern, z.null()]).optional(),
    /** Ids, all of them. */
    assignees: z.array(z.string()).optional(),
  }),
});
/** The columns that it was moved into, in this order. */
const movedCheck = z.strictObject({ ...label, moved: ticketId, through: z.array(z.string()).min(1) });
/** What was written on a ticket with the run's token. */
const commentCheck = z.strictObject({
  ...label,
  comment_on: ticketId,
  times: count.optional(),
  says: patterns.optional(),
  never_says: patterns.optional(),
});
/** A ticket that was made with the run's token. */
const createdCheck = z.strictObject({
  ...label,
  created_in: z.string(),
  times: count.optional(),
  column: z.string().optional(),
  title: pattern.optional(),
  description: pattern.optional(),
});
/** How often tools were called, answered or not; only those whose arguments match, where some are given. */
const calledCheck = z.strictObject({
  ...label,
  called: z.array(z.string()).min(1),
  with: z.record(z.string(), pattern).optional(),
  times: count.optional(),
});
/** That a ticket's comments were read before something was written on it; where there were none, its page is enough. */
const readFirstCheck = z.strictObject({
  ...label,
  read_before_writing: z.union([ticketId, z.literal('any')]),
});
/** Calls that were refused or failed. */
const refusedCheck = z.strictObject({ ...label, refused_calls: count });
/** The same write sent again with the same words. */
const repeatedCheck = z.strictObject({ ...label, repeated_writes: count });
/** Tokens that the session cost: the tools’ list, the calls, their answers. */
const tokensCheck = z.strictObject({ ...label, tokens: z.strictObject({ max: z.int().positive() }) });
const callsCheck = z.strictObject({ ...label, calls: z.strictObject({ max: z.int().positive() }) });
/** What the answer's last line says. */
const resultCheck = z.strictObject({
  ...label,
  result: z.enum(['done', 'could not']),
  reason: pattern.optional(),
});
/** The answer in free words: it can lower the score, never fail a run. */
const answerCheck = z.strictObject({ ...label, answer_says: patterns });
/** Nothing that anybody may see says this: comments, titles, descriptions, branch names. */
const neverWrittenCheck = z.strictObject({ ...label, never_written: patterns });

const single = z.union([
  ticketCheck,
  movedCheck,
  commentCheck,
  createdCheck,
  calledCheck,
  readFirstCheck,
  refusedCheck,
  repeatedCheck,
  tokensCheck,
  callsCheck,
  resultCheck,
  answerCheck,
  neverWrittenCheck,
]);
const atLeastCheck = z
  .strictObject({ ...label, at_least: z.int().positive(), of: z.array(single).min(1) })
  .refine(({ at_least, of }) => at_least <= of.length, 'at_least is more than there are under of');
const check = z.union([single, atLeastCheck]);

/** Those under `at_least` each by itself. */
export function singleChecks(checks: readonly Check[]): SingleCheck[] {
  return checks.flatMap((one) => ('at_least' in one ? one.of : [one]));
}

/** A change that may be there or not. */
const allowed = z.strictObject({
  ticket: ticketId,
  fields: z.array(
    z.enum([
      'column',
      'position',
      'resolved',
      'archived',
      'title',
      'description',
      'branch',
      'assignees',
      'comment',
    ]),
  ),
});

const call = z.strictObject({
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()).optional(),
});

/** An agent that follows a script: for trying the scenario itself. */
const script = z.strictObject({ calls: z.array(call), answer: z.string() });

export const scenarioSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters and digits, with - between words')
    .refine((name) => name !== 'all', 'all stands for every scenario'),
  title: words,
  /** What it tries, in a sentence. */
  about: words,
  /** What the agent is told; how to end its answer is added. */
  task: words,
  token: z.strictObject({
    label: z.string().optional(),
    user: z.string().optional(),
    scopes: z.array(scope).min(1),
    companies: z.array(z.string()).optional(),
    projects: z.array(z.string()).optional(),
  }),
  state: state.optional(),
  /** False: the sandbox doesn't know Idempotency-Key, so that a repeated write is a second one. */
  idempotency_keys: z.boolean().optional(),
  faults: z.array(fault).optional(),
  must: z
    .array(check)
    .min(1)
    .refine(
      (all) => !singleChecks(all).some((one) => 'answer_says' in one),
      'answer_says can only lower the score: it belongs under score',
    ),
  score: z.array(check).optional(),
  /** Beyond what `must` asks for; everything else has to stay as it was. */
  may_change: z.array(allowed).optional(),
  /** Plays the right way; `experiments check` holds the scenario against it, a Harbor task has it as its solution. */
  solution: script.optional(),
  /** Wrong ways, each with (a part of) the label of a check that has to fail. */
  wrong: z.array(z.strictObject({ name: z.string(), fails: z.string(), ...script.shape })).optional(),
});

export type Scenario = z.input<typeof scenarioSchema>;
export type Check = z.output<typeof check>;
export type SingleCheck = z.output<typeof single>;
export type Script = z.output<typeof script>;
export type Count = z.output<typeof count>;
export type State = z.output<typeof state>;
export type SeedTicketInput = z.output<typeof ticket>;
