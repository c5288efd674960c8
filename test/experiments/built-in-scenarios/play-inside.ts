/**
 * A scripted agent on a scenario, all in this process: the sandbox behind its HTTP address, the server's session, the
 * grader. What processes, stdio and the recorder add is tried in running.posix, and for every scenario in `full`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Grade, grade } from '../../../src/experiments/grade/grade.ts';
import type { RecordedMessage, SandboxRecord } from '../../../src/experiments/record/types.ts';
import { openSandbox } from '../../../src/experiments/sandbox/process.ts';
import type { Scenario, Script } from '../../../src/experiments/scenario/schema.ts';
import { callTool } from '../../../src/mcp/calls/call-tool.ts';
import { CallsInFlight } from '../../../src/mcp/calls/calls-in-flight.ts';
import { createTrackedLists } from '../../../src/mcp/opening/lists.ts';
import { createSession } from '../../../src/session/session.ts';
import { loadSettings } from '../../../src/settings/settings.ts';
import { tools } from '../../../tools/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Plays scripts on one scenario. Its file is filled once and copied for each of them, since filling takes longest. */
export class Stage {
  readonly #scenario: Scenario;
  readonly #folder = temporaryFolder();
  #filled: { file: Buffer; token: string } | undefined;
  readonly #records = new Map<string, SandboxRecord>();
  #plays = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Those that make the same calls and differ in what they say of them are played once. */
  async play({ calls, answer }: Script): Promise<Grade> {
    const key = JSON.stringify(calls);
    const record = this.#records.get(key) ?? (await this.#record(calls));
    this.#records.set(key, record);
    return grade(this.#scenario, record, { answer, timedOut: false });
  }

  async #record(calls: Script['calls']): Promise<SandboxRecord> {
    const { file, token } = await this.#filledFile();
    const db = join(this.#folder, `${++this.#plays}.db`);
    writeFileSync(db, file);
    const sandbox = await openSandbox({ scenario: this.#scenario, db, token });
    try {
      const env = { TOADO_API_URL: sandbox.access.apiUrl, TOADO_API_TOKEN: token };
      const messages = await conversation(env, calls);
      return { ...sandbox.finish(), messages };
    } finally {
      await sandbox.close();
    }
  }

  async #filledFile() {
    if (this.#filled) return this.#filled;
    const db = join(this.#folder, 'filled.db');
    const sandbox = await openSandbox({ scenario: this.#scenario, db });
    await sandbox.close();
    this.#filled = { file: readFileSync(db), token: sandbox.access.token };
    return this.#filled;
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
  const session = createSession(
    loadSettings({ env, folder: undefined, toolNames: tools.map(({ name }) => name) }),
    () => {},
  );
  session.start();
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
    await session.close();
  }
}
