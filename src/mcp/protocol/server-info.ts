/** What this server says of itself at its start, with the SDK and without it. */
import { version } from '../../base/version.ts';

export const SERVER_INFO = { name: 'toado', title: 'Toado', version, websiteUrl: 'https://toado.dev' };

export const CAPABILITIES = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { listChanged: true },
  completions: {},
};
