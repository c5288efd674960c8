/** completion/complete for the arguments of prompts and the places in resource templates. It never fails: it is silent. */
import type { McpServer } from '@modelcontextprotocol/server';
import { visible } from '../base/visible.ts';
import type { ArgumentKind } from '../prompts/define-prompt.ts';
import { prompts } from '../prompts/index.ts';
import { resources } from '../resources/index.ts';
import type { Session } from '../session/session.ts';
import { type Completion, completeColumn, completeProject, completeTicket } from '../tool-kit/completion.ts';
import { resolveNames } from '../tool-kit/names-to-ids.ts';
import { readApi } from './read-api.ts';
import { COMPLETE_MS } from './time-limits.ts';

interface Place {
  kind: ArgumentKind;
  /** An address takes the id; for a person's eyes it is the name. */
  as: 'id' | 'name';
}

export function offerCompletion({ server }: McpServer, session: Session): void {
  server.setRequestHandler('completion/complete', async ({ params }, { mcpReq }) => {
    const { ref, argument, context } = params;
    await session.grant.untilKnown(COMPLETE_MS, mcpReq.signal);
    const asked = ref.type === 'ref/prompt' ? inPrompt(ref.name, argument.name) : inTemplate(ref.uri);
    const found = asked
      ? await complete(asked, argument.value, context?.arguments ?? {}).catch(() => NOTHING)
      : NOTHING;
    return { completion: { ...found, values: found.values.map(visible) } };

    async function complete(
      { kind, as }: Place,
      typed: string,
      given: Record<string, string>,
    ): Promise<Completion> {
      const api = readApi(session, mcpReq.signal, COMPLETE_MS);
      const pin = session.settings.pins.project_id;
      switch (kind) {
        case 'project':
          return completeProject(typed, api, as);
        case 'column':
          return completeColumn(typed, pin ?? given.project, api);
        case 'ticket': {
          const project = pin ? (await resolveNames({ project_id: pin }, api)).project_id : undefined;
          return completeTicket(typed, api, project);
        }
      }
    }
  });

  /** Undefined where the prompt is not offered, or has no such argument. */
  function inPrompt(name: string, argument: string): Place | undefined {
    if (!session.accessTo(prompts).offered.includes(name)) return undefined;
    const known = prompts.find((one) => one.name === name)!.arguments;
    return Object.hasOwn(known, argument) ? { kind: known[argument]!.kind, as: 'name' } : undefined;
  }

  function inTemplate(uri: string): Place | undefined {
    const resource = resources.find(({ template }) => template === uri);
    if (!resource || !session.accessTo(resources).offered.includes(resource.name)) return undefined;
    return { kind: resource.kind, as: 'id' };
  }
}

const NOTHING: Completion = { values: [] };
