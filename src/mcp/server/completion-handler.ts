/** completion/complete for the arguments of prompts and the places in resource templates. Where something fails, it offers nothing. */
import type { McpServer } from '@modelcontextprotocol/server';
import { visibleInLine } from '../../base/visible.ts';
import { prompts } from '../../prompts/index.ts';
import { resources } from '../../resources/index.ts';
import { estimateTokens } from '../../respond/estimate-tokens.ts';
import { secrets } from '../../respond/redact-token.ts';
import { projectInReach, projectsInReach } from '../../session/pin-lookup.ts';
import { hasPin, pinOf } from '../../session/pins.ts';
import type { Session } from '../../session/session.ts';
import { resolveNames } from '../../tool-kit/arguments/names-to-ids.ts';
import {
  type Completable,
  type Completion,
  completeColumn,
  completeProject,
  completeTicket,
} from '../../tool-kit/arguments/suggest-values.ts';
import { readApi } from '../calls/read-api.ts';
import { COMPLETE_MS } from '../calls/time-limits.ts';

interface Place {
  kind: Completable;
  /** An address takes the id; for a person's eyes it is the name. */
  as: 'id' | 'name';
}

/** The tool that lists such things: what is not offered as a tool isn't listed here. */
const LISTED_BY = { project: 'list_projects', column: 'list_columns', ticket: 'search_tickets' } as const;

export function offerCompletion({ server }: McpServer, session: Session): void {
  server.setRequestHandler('completion/complete', async ({ params }, { mcpReq }) => {
    const { ref, argument, context } = params;
    await session.grant.untilKnown(COMPLETE_MS, mcpReq.signal);
    const isListed = (place: Place | undefined) =>
      place && session.access.tools().offered.includes(LISTED_BY[place.kind]) ? place : undefined;
    const asked = isListed(
      ref.type === 'ref/prompt' ? inPrompt(ref.name, argument.name) : inTemplate(ref.uri),
    );
    const found = asked
      ? await complete(asked, argument.value, context?.arguments ?? {}).catch(() => NOTHING)
      : NOTHING;
    return { completion: { ...inBudget(found, session.settings.answerTokens) } };

    async function complete(
      { kind, as }: Place,
      typed: string,
      given: Record<string, string>,
    ): Promise<Completion> {
      const api = readApi(session, mcpReq.signal, COMPLETE_MS);
      const ids = await session.access.pinnedIds(api);
      const pin = pinOf('project', ids);
      const projectOf = async (named: string | undefined) => {
        if (pin !== undefined || named === undefined) return pin;
        if (!hasPin(ids)) return (await resolveNames({ project_id: named }, api)).project_id;
        return (await projectInReach(named, ids, api, () => false))?.id;
      };
      switch (kind) {
        case 'project':
          return completeProject(typed, await projectsInReach(ids, api), as);
        case 'column':
          return completeColumn(typed, await projectOf(given.project), api);
        case 'ticket':
          return completeTicket(typed, api, pin);
      }
    }
  });

  /** Undefined where the prompt is not offered, or has no such argument. */
  function inPrompt(name: string, argument: string): Place | undefined {
    if (!session.access.to(prompts).offered.includes(name)) return undefined;
    const known = prompts.find((one) => one.name === name)!.arguments;
    return Object.hasOwn(known, argument) ? { kind: known[argument]!.kind, as: 'name' } : undefined;
  }

  function inTemplate(uri: string): Place | undefined {
    const resource = resources.find(({ template }) => template === uri);
    if (!resource || !session.access.to(resources).offered.includes(resource.name)) return undefined;
    return { kind: resource.kind, as: 'id' };
  }
}

const NOTHING: Completion = { values: [] };

/** Values as they can be taken over, and no longer than an answer may be. */
function inBudget({ values, hasMore, ...rest }: Completion, tokens: number): Completion {
  let room = tokens;
  const shown = values
    .map((one) => visibleInLine(secrets.redact(one)))
    .filter((one) => {
      if (one.length > MAX_VALUE_LENGTH) return false;
      room -= estimateTokens(one);
      return room > 0;
    });
  return {
    ...rest,
    values: shown,
    ...(shown.length < values.length ? { hasMore: true } : hasMore === undefined ? {} : { hasMore }),
  };
}

/** Nobody picks a longer name from a list. */
const MAX_VALUE_LENGTH = 400;
