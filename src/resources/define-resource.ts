import type { Gated } from '../access/access.ts';
import type { Answer } from '../respond/answer.ts';
import type { Named } from '../toado-api/client/known-names.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import type { ViewContext } from '../views/ticket.ts';

export interface ListedResource {
  id: string;
  title: string;
}

/** Something to read by its address: `toado://tickets/{id}`. */
export interface Resource extends Gated {
  title: string;
  description: string;
  /** With one place, `{id}`. */
  template: string;
  /** What may stand there, where that is more than an id: said of the template, not of what a list names. */
  idIs?: string;
  /** What stands there: how it is completed. */
  kind: 'ticket' | 'project';
  uses: readonly string[];
  read: (id: string, api: ReadApi, context: ViewContext) => Promise<Answer>;
  /** Those worth naming in a list, where they are few. */
  list?: (projects: readonly Named[]) => ListedResource[];
}

export function defineResource(resource: Omit<Resource, 'effect'>): Resource {
  return { ...resource, effect: 'read' };
}

export function uriOf({ template }: Resource, id: string): string {
  return template.replace('{id}', encodeURIComponent(id));
}

/** What stands in the place of `{id}`, or undefined where the address is another. */
export function idIn({ template }: Resource, uri: string): string | undefined {
  const [before, after] = template.split('{id}') as [string, string];
  if (!uri.startsWith(before) || !uri.endsWith(after)) return undefined;
  const id = uri.slice(before.length, uri.length - after.length);
  if (!id || /[/?#]/.test(id)) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}
