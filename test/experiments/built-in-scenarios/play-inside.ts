/**
 * A scripted agent on a scenario, all in this process: the sandbox behind its HTTP address, the server's session, the
 * grader. What processes, stdio and the recorder add is tried in run-scenario.posix, and for every scenario in `full`.
 */
import { type Grade, grade } from '../../../src/experiments/grade/grade.ts';
import type { RecordedMessage, SandboxRecord } from '../../../src/experiments/record/types.ts';
import type { Scenario, Script } from '../../../src/experiments/scenario/schema.ts';
import { callTool } from '../../../src/mcp/calls/call-tool.ts';
import { CallsInFlight } from '../../../src/mcp/calls/calls-in-flight.ts';
import { createTrackedLists } from '../../../src/mcp/lists/lists.ts';
import { tools } from '../../../tools/index.ts';
import { endSession, settingsOf, startSession } from '../../support/in-process.ts';
import { openInside } from '../sandbox-inside.ts';

/** Plays scripts on one scenario. */
export class Stage {
  readonly #scenario: Scenario;
  readonly #records = new Map<string, Promise<SandboxRecord>>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Those that make the same calls and differ in what they say of them are played once. */
  async play({ calls, answer }: Script): Promise<Grade> {
    const key = JSON.stringify(calls);
    const record = this.#records.get(key) ?? this.#record(calls);
    this.#records.set(key, record);
    return grade(this.#scenario, await record, { answer, timedOut: false });
  }

  async #record(calls: Script['calls']): Promise<SandboxRecord> {
    const sandbox = await openInside(this.#scenario);
    try {
      const env = { TOADO_API_URL: sandbox.access.apiUrl, TOADO_API_TOKEN: sandbox.access.token };
      const messages = await conversation(env, calls);
      return { ...sandbox.finish(), messages };
    } finally {
      await sandbox.close();
    }
  }
}

/** The messages that a client and the server would have exchanged. */
async function conversation(env: Record<string, string>, calls: Script['calls']): Promise<RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  const exchange = async (method: string, params: object, answer: () => Promise<object>) => {
    const id = messages.length;
    const note = (from: 'agent' | 'server', message: object) =>
      messages.push({ at: Date.now(), from, session: 1, message: { jsonrpc: '2.0', id, ...message } });
    note('agent', { method, params });
    note('server', await answer());
  };
  const session = startSession([], settingsOf(env));
  const { lists } = createTrackedLists(session);
  const inFlight = new CallsInFlight();
  const signal = () => new AbortController().signal;
  try {
    await exchange('initialize', { clientInfo: { name: 'scripted', version: '1' } }, async () => ({
      result: {},
    }));
    await exchange('tools/list', {}, async () => ({ result: await lists['tools/list'](signal()) }));
    for (const { tool: name, arguments: given = {} } of calls)
      await exchange('tools/call', { name, arguments: given }, async () => {
        const tool = tools.find((one) => one.name === name);
        if (!tool) return { error: { message: `There is no tool ${name}.` } };
        const life = (work: Parameters<typeof inFlight.track>[2]) => inFlight.track(tool, signal(), work);
        return { result: await life((one) => callTool(session, tool, given, one)) };
      });
    return messages;
  } finally {
    await endSession(session);
  }
}
