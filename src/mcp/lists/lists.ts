/** The four lists, gated by what the token may do at that moment: the same for the opening and for the SDK's server. */
import { catalogue } from '../../catalogue/index.ts';
import type { Prompt } from '../../prompts/define-prompt.ts';
import { prompts } from '../../prompts/index.ts';
import { type Resource, uriOf } from '../../resources/define-resource.ts';
import { resources } from '../../resources/index.ts';
import { estimateTokens } from '../../respond/estimate-tokens.ts';
import { nameInLine } from '../../respond/sanitize.ts';
import { pinOf } from '../../session/pins.ts';
import type { Session } from '../../session/session.ts';
import { isRouteMissing } from '../../toado-api/errors/error-codes.ts';
import { isReference } from '../../tool-kit/arguments/written-ids.ts';
import { withFailures } from '../calls/failures.ts';
import { readApi } from '../calls/read-api.ts';
import { GRANT_FOR_LIST_MS, LIST_MS } from '../calls/time-limits.ts';
import { wireTool } from './wire-tool.ts';

export type ListMethod = 'tools/list' | 'prompts/list' | 'resources/list' | 'resources/templates/list';
export type Lists = Record<ListMethod, (signal: AbortSignal) => Promise<object>>;

/** No id is longer. */
const MAX_ID_LENGTH = 200;
export const RESOURCE_TYPE = 'text/plain';

/** The lists that clients are told about when they change. */
export type ListName = 'tools' | 'prompts' | 'resources';

export interface TrackedLists {
  lists: Lists;
  /** Those that the client was given and that are different now. Each difference is named once. */
  changed(): ListName[];
}

/** The lists as they are answered, with a memory of what the client has been given. */
export function createTrackedLists(session: Session): TrackedLists {
  const lists = createLists(session);
  const now: Record<ListName, () => string> = {
    tools: () => session.access.tools().offered.join(),
    prompts: () => session.access.to(prompts).offered.join(),
    resources: () => session.access.to(resources).offered.join(),
  };
  const given = new Map<ListName, string>();
  const noting = (method: ListMethod, name: ListName) => async (signal: AbortSignal) => {
    const list = await lists[method](signal);
    given.set(name, now[name]());
    return list;
  };
  return {
    lists: {
      'tools/list': noting('tools/list', 'tools'),
      'prompts/list': noting('prompts/list', 'prompts'),
      'resources/list': noting('resources/list', 'resources'),
      'resources/templates/list': noting('resources/templates/list', 'resources'),
    },
    changed() {
      const names = [...given.keys()].filter((name) => given.get(name) !== now[name]());
      for (const name of names) given.set(name, now[name]());
      return names;
    },
  };
}

function createLists(session: Session): Lists {
  const { pins, structured, alwaysLoad, files: folder } = session.settings;
  const files = folder !== undefined;
  const fixed = Object.keys(pins);

  return {
    async 'tools/list'(signal) {
      await session.grant.untilKnown(GRANT_FOR_LIST_MS, signal);
      const offered = new Set(session.access.tools().offered);
      return {
        tools: catalogue
          .filter(({ name }) => offered.has(name))
          .map((one) => wireTool(one, { fixed, structured, alwaysLoad, files })),
      };
    },
    async 'prompts/list'(signal) {
      await session.grant.untilKnown(GRANT_FOR_LIST_MS, signal);
      const offered = new Set(session.access.to(prompts).offered);
      return {
        prompts: prompts.filter(({ name }) => offered.has(name)).map((one) => wirePrompt(one, session)),
      };
    },
    'resources/list': (signal) =>
      withFailures(session, 'resources/list', async () => {
        const listed = (await offeredResources(session, signal)).map((one) => found(one, session, signal));
        return { resources: (await Promise.all(listed)).flat() };
      }),
    async 'resources/templates/list'(signal) {
      return {
        resourceTemplates: (await offeredResources(session, signal)).map(
          ({ name, title, description, template, idIs }) => ({
            uriTemplate: template,
            name,
            title,
            description: idIs ? `${description} {id}: ${idIs}.` : description,
            mimeType: RESOURCE_TYPE,
          }),
        ),
      };
    },
  };
}

async function offeredResources(session: Session, signal: AbortSignal): Promise<Resource[]> {
  await session.grant.untilKnown(GRANT_FOR_LIST_MS, signal);
  const offered = new Set(session.access.to(resources).offered);
  return resources.filter(({ name }) => offered.has(name));
}

async function found(resource: Resource, session: Session, signal: AbortSignal): Promise<object[]> {
  if (!resource.list) return [];
  // Looking names up is more code than all else that a list needs.
  const { projectsInReach } = await import('../../session/pin-lookup.ts');
  const api = readApi(session, signal, LIST_MS);
  const projects = await projectsInReach(await session.access.pinnedIds(api), api).catch((error: unknown) => {
    if (!isRouteMissing(error)) throw error;
    // Hosts take an error for a broken server, and this one would stay. Whoever calls list_projects is told what to do.
    session.log('warn', `no boards can be listed: ${error.sentence}`);
    return [];
  });
  const listed = resource.list(projects);
  // Ids that can't stand in an address, or are none, can't be read by it either.
  const readable = listed.filter(({ id }) => id.length <= MAX_ID_LENGTH && isReference(id));
  const all = readable.map(({ id, title }) => ({
    uri: uriOf(resource, id),
    name: nameInLine(`${resource.name} ${id}`),
    title: nameInLine(title),
    description: resource.description,
    mimeType: RESOURCE_TYPE,
  }));
  let room = session.settings.answerTokens;
  return all.filter((one) => {
    room -= estimateTokens(JSON.stringify(one));
    return room > 0;
  });
}

/** What is pinned is not the caller's to give. */
function wirePrompt({ name, title, description, arguments: all }: Prompt, session: Session) {
  const given = Object.entries(all).filter(([, { kind }]) => !pinOf(kind, session.settings.pins));
  return {
    name,
    title,
    description,
    arguments: given.map(([argument, one]) => ({
      name: argument,
      description: one.description,
      required: one.required,
    })),
  };
}
