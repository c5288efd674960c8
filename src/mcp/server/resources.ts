/** resources/read: the same gate as the tools', the same fence and budget. */

import type { McpServer } from '@modelcontextprotocol/server';
import { Failure, invalidArguments } from '../../base/failure.ts';
import type { Resource } from '../../resources/define-resource.ts';
import { idIn } from '../../resources/define-resource.ts';
import { resources } from '../../resources/index.ts';
import { respondText } from '../../respond/respond.ts';
import { projectInReach } from '../../session/pin-lookup.ts';
import { hasPin } from '../../session/pins.ts';
import type { Session } from '../../session/session.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import { resolveNames } from '../../tool-kit/arguments/names-to-ids.ts';
import { checkAccess } from '../calls/check-access.ts';
import { readApi } from '../calls/read-api.ts';
import { RESOURCE_TYPE } from '../lists/lists.ts';
import { withProtocolErrors } from './protocol-error.ts';

export function offerResources({ server }: McpServer, session: Session): void {
  server.setRequestHandler('resources/read', ({ params: { uri } }, { mcpReq }) =>
    withProtocolErrors(session, 'resources/read', async () => {
      const [resource, id] = resourceAt(uri);
      await checkAccess(session, resource.name, () => session.access.to(resources), mcpReq.signal);
      const api = readApi(session, mcpReq.signal);
      const readId = resource.kind === 'project' ? await boardInReach(id, api, session) : id;
      const answer = await resource.read(readId, api, session.views);
      return {
        contents: [
          { uri, mimeType: RESOURCE_TYPE, text: await respondText(answer, session.settings.answerTokens) },
        ],
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

/** `--project` and `--company` hold here, too. What they leave out isn't listed for a name that fits nothing. */
async function boardInReach(id: string, api: ReadApi, session: Session): Promise<string> {
  const { pins } = session.settings;
  const isOffered = (tool: string) => session.access.tools().offered.includes(tool);
  if (!hasPin(pins)) return (await resolveNames({ project_id: id }, api, { isOffered })).project_id;
  const found = await projectInReach(id, await session.access.pinnedIds(api), api, isOffered);
  if (found) return found.id;
  throw new Failure(
    'not_offered',
    `This server was started for one ${pins.project_id ? 'project' : 'company'} only, and that board is not in it.`,
    'Read a board that resources/list names.',
    { outcome: 'not_sent' },
  );
}
