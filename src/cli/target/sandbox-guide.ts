/** What the sandbox's pages say of clients and tools: from the same data as `config` and `tools`. */
import { catalogue } from '../../catalogue/index.ts';
import type { Guide } from '../../sandbox/index.ts';
import { installedLaunch, type Launch } from '../config/launch.ts';

export function sandboxGuide(launch: Launch = installedLaunch()): Guide {
  return {
    tools: catalogue.map(({ name, title, scope }) => ({ name, title, scope })),
    clients: async ({ apiUrl, db, ready }) => {
      // Not loaded by a start: the page that shows them is seldom asked for.
      const [{ partsOf }, { clients }, { entryFor }] = await Promise.all([
        import('../config/client.ts'),
        import('../config/clients/index.ts'),
        import('../config/client-entry.ts'),
      ]);
      const entry =
        ready === undefined
          ? { ...entryFor({ launch, name: SANDBOX_NAME }), fixed: { TOADO_API_URL: apiUrl } }
          : entryFor({ launch, sandbox: ready, flags: [`--db=${db}`] });
      return clients.map((client) => ({
        name: client.name,
        title: client.title,
        parts: partsOf(client, entry).map(({ says, text }) => ({ says, text })),
        token: ready === undefined ? client.token : '',
        check: client.check,
      }));
    },
  };
}

/** Not the name of the real one: people's allow-lists name tools by it. */
const SANDBOX_NAME = 'toado-sandbox';
