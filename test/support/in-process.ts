/** A session in this process, without the program around it: for what a call does between its arguments and the API. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { callTool } from '../../src/mcp/calls/call-tool.ts';
import { CallsInFlight } from '../../src/mcp/calls/calls-in-flight.ts';
import { secrets } from '../../src/respond/redact-token.ts';
import { createSession, type Session } from '../../src/session/session.ts';
import { loadSettings, openFiles, type Settings, type SettingsInput } from '../../src/settings/settings.ts';
import { tools } from '../../tools/index.ts';
import { atEnd } from './ending.ts';

export interface InProcess {
  session: Session;
  /** What it logged. */
  log: string[];
  call(name: string, given?: Record<string, unknown>, cancelled?: AbortSignal): Promise<CallToolResult>;
  /** The text of a call's answer. */
  text(name: string, given?: Record<string, unknown>): Promise<string>;
}

export function startInProcess(env: Record<string, string>, more: Partial<SettingsInput> = {}): InProcess {
  const log: string[] = [];
  const session = startSession(log, settingsOf(env, more));
  atEnd(() => endSession(session));
  const calls = new CallsInFlight();
  const call: InProcess['call'] = (name, given = {}, cancelled = new AbortController().signal) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`there is no tool ${name}`);
    return calls.track(tool, cancelled, (life) => callTool(session, tool, given, life));
  };
  return {
    session,
    log,
    call,
    async text(name, given) {
      const { content } = await call(name, given);
      return content.map((one) => (one.type === 'text' ? one.text : `[${one.type}]`)).join('\n');
    },
  };
}

let sessions = 0;

/** @throws SettingsError */
export function settingsOf(env: Record<string, string>, more: Partial<SettingsInput> = {}): Settings {
  const toolNames = tools.map(({ name }) => name);
  const settings = loadSettings({ env, folder: undefined, toolNames, ...more });
  openFiles(settings);
  return settings;
}

/** @param log gets each line that the session logs. To be ended by `endSession`. */
export function startSession(log: string[], settings: Settings): Session {
  const session = createSession(settings, (line) => void log.push(line));
  session.start();
  sessions++;
  return session;
}

export async function endSession(session: Session): Promise<void> {
  await session.close();
  if (--sessions === 0) secrets.forgetAll();
}
