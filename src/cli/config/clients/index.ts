/** Every client that `toado-mcp config` knows. */
import type { Client } from '../client.ts';
import { desktopApps } from './desktop-apps.ts';
import { editors } from './editors.ts';
import { terminalAgents } from './terminal-agents.ts';

export const clients: readonly Client[] = [...terminalAgents, ...editors, ...desktopApps];
