/** resources/list, templates and resources/read: the same gate as the tools', the same fence and budget. */

import type { McpServer } from '@modelcontextprotocol/server';
import { KNOWN_WITHIN_MS } from '../access/grant.ts';
import type { AbortLike } from '../base/abort.ts';
import { Failure, invalidArguments } from '../base/failure.ts';
import { visible } from '../base/visible.ts';
import type { Resource } from '../resources/define-resource.ts';
import { idIn, uriOf } from '../resources/define-resource.ts';
import { resources } from '../resources/index.ts';
import { respondText } from '../respond/respond.ts';
import type { Session } from '../session/session.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { resolveNames } from '../tool-kit/names-to-ids.ts';
import { permit } from './permit.ts';
import { inWords, pinOf, readApi } from './request.ts';

/** Finding what can be listed takes no longer. */
const LIST_MS = 10_000;
const TYPE = 'text/plain';

export function offerResources({ server }: McpServer, session: Session): void {
  const offered = async (signal: AbortLike): Promise<Resource[]> => {
    await session.grant.settled(KNOWN_WITHIN_MS, signal);
    const names = new Set(session.accessTo(resources).offered);
    return resources.filter(({ name }) => names.has(name));
  };

  server.setRequestHandler('resources/list', (_request, { mcpReq }) =>
    inWords(session, 'resources/list', async () => {
      const listed = (await offered(mcpReq.signal)).map(async (resource) => {
        const found = (await resource.list?.(readApi(session, mcpReq.signal, LIST_MS), pinOf(session))) ?? [];
        return found.map(({ id, title }) => ({
          uri: uriOf(resource, id),
          name: `${resource.name} ${id}`,
          title: visible(title),
          description: resource.description,
          mimeType: TYPE,
        }));
      });
      return { resources: (await Promise.all(listed)).flat() };
    }),
  );

  server.setRequestHandler('resources/templates/list', async (_request, { mcpReq }) => ({
    resourceTemplates: (await offered(mcpReq.signal)).map(({ name, title, description, template }) => ({
      uriTemplate: template,
      name,
      title,
      description,
      mimeType: TYPE,
    })),
  }));

  server.setRequestHandler('resources/read', ({ params: { uri } }, { mcpReq }) =>
    inWords(session, 'resources/read', async () => {
      const [resource, id] = resourceAt(uri);
      await permit(session, resource.name, () => session.accessTo(resources), mcpReq.signal);
      const api = readApi(session, mcpReq.signal);
      if (resource.kind === 'project') await withinPin(id, api, session);
      const answer = await resource.read(id, api, session.surroundings);
      return {
        contents: [{ uri, mimeType: TYPE, text: await respondText(answer, session.settings.answerTokens) }],
      };
    }),
  );
}

function resourceAt(uri: string): [Resource, string] {
  for (const resource of resources) {
    const id = idIn(resource, uri);
    if (id !== undefined) return [resource, id];
  }
  throw invalidArguments(
    'There is nothing to read at that address.',
    `Addresses: ${resources.map(({ template }) => template).join(', ')}.`,
  );
}

/** `--project` fixes the project everywhere, here too. */
async function withinPin(id: string, api: ReadApi, session: Session): Promise<void> {
  const pin = pinOf(session);
  if (!pin || id === pin) return;
  const [asked, fixed] = await Promise.all([
    resolveNames({ project_id: id }, api),
    resolveNames({ project_id: pin }, api),
  ]);
  if (asked.project_id === fixed.project_id) return;
  throw new Failure(
    'not_offered',
    'This server was started for one project only, and that board is another’s.',
    'Read the board that resources/list names.',
    { outcome: 'not_sent' },
  );
}
