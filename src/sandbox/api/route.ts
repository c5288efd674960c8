import type * as z from 'zod';
import type { Pictures } from '../assets/pictures.ts';
import type { Bearer } from '../auth/bearer.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import type { Scope } from '../model/scopes.ts';
import type { Json } from '../queries/json.ts';

/** What a handler answers: a value that becomes JSON, or JSON text that is there already. */
export interface Answer {
  status: 200 | 201;
  json: string;
  /** What the validator is made from when that is cheaper than all of the text. */
  validates?: string;
}

export function ok(value: unknown): Answer {
  return okJson(JSON.stringify(value));
}

export function okJson(json: Json<unknown>): Answer {
  return { status: 200, json };
}

export function createdJson(json: Json<unknown>): Answer {
  return { status: 201, json };
}

/** Everything a handler gets. `params` are the path's, decoded. */
export interface Call<Input> {
  db: Database;
  pictures: Pictures;
  actor: Actor;
  bearer: Bearer;
  params: Record<string, string>;
  /** The query string of a GET, the JSON body of anything else, checked. */
  input: Input;
  /** `http://127.0.0.1:1234`, as the caller addressed the sandbox. */
  origin: string;
}

/** One route of the API, as data: who may call it, what it takes and what it does. */
export interface Route<Schema extends z.ZodType = z.ZodType> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; `:name` is a path parameter. */
  path: string;
  /** Absent: any live token. */
  scope?: Scope;
  /** Absent: takes nothing. */
  input?: Schema;
  /** Must be synchronous: what isn't a GET runs inside one transaction. */
  run(call: Call<z.output<Schema>>): Answer;
}

/** Ties `run`'s input to the schema; a list of routes then no longer needs to know it. */
export function route<Schema extends z.ZodType>(definition: Route<Schema>): Route {
  return definition as unknown as Route;
}
