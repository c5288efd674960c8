/** resources/read: the same gate as the tools', the same fence and budget. */

import type { McpServer } from '@modelcontextprotocol/server';
import { Failure, invalidArguments } from '../base/failure.ts';
import type { Resource } from '../resources/define-resource.ts';
import { idIn } from '../resources/define-resource.ts';
import { resources } from '../resources/index.ts';
import { respondText } from '../respond/respond.ts';
import type { Session } from '../session/session.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { resolveNames } from '../tool-kit/names-to-ids.ts';
import { checkAccess } from './check-access.ts';
import { RESOURCE_TYPE } from './lists.ts';
import { withProtocolErrors } from './protocol-error.ts';
import { readApi } from './read-api.ts';

export function offerResources({ server }: McpServer, session: Session): void {
  server.setRequestHandler('resources/read', ({ params: { uri } }, { mcpReq }) =>
    withProtocolErrors(session, 'resources/read', async () => {
      const [resource, id] = resourceAt(uri);
      await checkAccess(session, resource.name, () => session.accessTo(resources), mcpReq.signal);
      const api = readApi(session, mcpReq.signal);
      if (resource.kind === 'project') await withinPin(id, api, session);
      const answer = await resource.read(id, api, session.surroundings);
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

/** `--project` fixes the project everywhere, here too. */
async function withinPin(id: string, api: ReadApi, session: Session): Promise<void> {
  const pin = session.settings.pins.project_id;
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
