/**
 * A session in this process with a client on its streams: for what a client reads, whatever the process does. A start of
 * the program, with its first call, takes half a second of processor time.
 */
import { PassThrough } from 'node:stream';
import {
  type JSONRPCMessage,
  ReadBuffer,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import { Command } from 'commander';
import { addTargetFlags, targetOptions } from '../../src/cli/program/settings-as-flags.ts';
import type { TargetOptions } from '../../src/cli/target/target.ts';
import { CallsInFlight } from '../../src/mcp/calls/calls-in-flight.ts';
import { connect } from '../../src/mcp/server/connect.ts';
import { StdioTransport } from '../../src/mcp/transport/stdio-transport.ts';
import { loadLogging, type Settings, unusableSettings } from '../../src/settings/settings.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';
import { atEnd } from './ending.ts';
import { endSession, settingsOf, startSession } from './in-process.ts';
import { type ProgramOptions, programEnv } from './program.ts';
import { open, type RawSession, rawOn } from './raw-client.ts';
import { type ClientKind, type ClientOptions, clientOn, type SdkClient } from './sdk-client.ts';

/** As for the program; flags of settings only, and no `.env` where no folder is named. */
export type InProcessOptions = ClientOptions & Pick<ProgramOptions, 'args' | 'cwd' | 'env' | 'structured'>;

/** One of the SDK's clients on a session in this process. */
export async function connectInProcess(
  kind: ClientKind,
  options: InProcessOptions = {},
): Promise<SdkClient & { stderr(): string }> {
  const { stdin, stdout, stderr } = serveInProcess(options);
  const client = await clientOn(kind, new StreamTransport(stdin, stdout), options);
  return { ...client, stderr };
}

/** A session in this process under a client that is nothing but lines. */
export async function startRawInProcess({
  initialize = true,
  ...options
}: InProcessOptions & { initialize?: boolean } = {}): Promise<RawSession> {
  const session = rawOn(serveInProcess(options));
  if (initialize) await open(session);
  return session;
}

// Each session writes what it still has to say at the end of the process, and here there are many.
process.setMaxListeners(0);

/** What the program does with a session, but for its process: signals, its end, its watchdog. */
function serveInProcess(options: InProcessOptions) {
  const log: string[] = [];
  const { flags } = targetOptions(
    addTargetFlags(new Command())
      .parse(options.args ?? [], { from: 'user' })
      .opts(),
  );
  const session = startSession(log, settingsFor(options, flags));
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const transport = new StdioTransport(session.redactor, { stdin, stdout });
  const connection = connect(session, transport, new CallsInFlight());
  atEnd(async () => {
    await connection.close();
    await endSession(session);
  });
  return { stdin, stdout, stderr: () => log.join('') };
}

/** Where they can't be used, those of a server that says why. */
function settingsFor(options: InProcessOptions, flags: TargetOptions['flags']): Settings {
  try {
    return settingsOf(programEnv(options), { flags, folder: options.cwd, tokenMayCome: true });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const input = { env: programEnv(options), flags, folder: options.cwd, toolNames: [] };
    return unusableSettings(error.message, loadLogging(input));
  }
}

/** A client's end of two streams, with a message a line. */
class StreamTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #buffer = new ReadBuffer();

  constructor(
    private readonly stdin: PassThrough,
    private readonly stdout: PassThrough,
  ) {}

  async start(): Promise<void> {
    this.stdout.on('data', (chunk: Buffer) => {
      this.#buffer.append(chunk);
      for (let next = this.#buffer.readMessage(); next; next = this.#buffer.readMessage())
        this.onmessage?.(next);
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.stdin.write(serializeMessage(message));
  }

  async close(): Promise<void> {
    this.stdin.end();
    this.onclose?.();
  }
}
