/** The clients that people have, on whatever transport leads to a server. */

import { Client as ModernClient, type Transport } from '@modelcontextprotocol/client';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport as FirstTransport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { AjvJsonSchemaValidator as FirstValidator } from '@modelcontextprotocol/sdk/validation/ajv';

/**
 * - `sdk 1.x`: the maintenance line's client, 2025 revisions.
 * - `sdk 2.x legacy`: the current line's client, 2025 revisions.
 * - `sdk 2.x modern`: the same, 2026-07-28.
 */
export const CLIENTS = ['sdk 1.x', 'sdk 2.x legacy', 'sdk 2.x modern'] as const;
/** One client of each SDK, and with them both eras: what an end-to-end test runs with at least. */
export const SDKS = ['sdk 1.x', 'sdk 2.x modern'] as const satisfies readonly ClientKind[];
export type ClientKind = (typeof CLIENTS)[number];

export interface ClientOptions {
  /** The client wants to hear of changed lists, for `toolsChanged`; a client of the 2026 revision then subscribes. */
  listChanged?: boolean;
  /** Told at each list_changed what changed. */
  onChange?: (what: 'tools' | 'prompts' | 'resources') => void;
}

export interface CallResult {
  isError?: boolean;
  content: { type: string; text?: string; data?: string; mimeType?: string; uri?: string }[];
  structuredContent?: Record<string, unknown>;
  _meta?: Record<string, unknown>;
}

export interface WireTool {
  name: string;
  title?: string;
  description?: string;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown>;
  annotations?: Record<string, unknown>;
}

export interface SdkClient {
  /** In the order in which they came. */
  listTools(): Promise<WireTool[]>;
  toolNames(): Promise<string[]>;
  call(
    name: string,
    args?: Record<string, unknown>,
    options?: { signal?: AbortSignal; timeout?: number },
  ): Promise<CallResult>;
  /** The text of a call, all text blocks together. */
  text(name: string, args?: Record<string, unknown>): Promise<string>;
  /** Resolves at the next tools/list_changed; only where `listChanged` was asked for. */
  toolsChanged(): Promise<void>;
  instructions(): string | undefined;
  /** The SDK's client, for what this doesn't cover. */
  client: ModernClient | FirstClient;
  close(): Promise<void>;
}

/** Compiling the output schemas of all tools takes longer than a start of the program, and they are always the same. */
function compiledOnce<Validator extends { getValidator(schema: never): unknown }>(
  validator: Validator,
): Validator {
  const compiled = new Map<string, unknown>();
  const compile = validator.getValidator.bind(validator);
  validator.getValidator = (schema: never) => {
    const key = JSON.stringify(schema);
    if (!compiled.has(key)) compiled.set(key, compile(schema));
    return compiled.get(key);
  };
  return validator;
}

const firstValidator = compiledOnce(new FirstValidator());
const validator = compiledOnce(new AjvJsonSchemaValidator());

/** Opens a session as that client. */
export async function clientOn(
  kind: ClientKind,
  transport: Transport,
  { onChange, listChanged = onChange !== undefined }: ClientOptions = {},
): Promise<SdkClient> {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const told = (what: 'tools' | 'prompts' | 'resources') => ({
    autoRefresh: false,
    onChanged: () => {
      if (what === 'tools') changed();
      onChange?.(what);
    },
  });
  const hearing = listChanged
    ? { listChanged: { tools: told('tools'), prompts: told('prompts'), resources: told('resources') } }
    : {};
  const info = { name: 'toado-mcp-test', version: '1.0.0' };
  let client: ModernClient | FirstClient;
  if (kind === 'sdk 1.x') {
    client = new FirstClient(info, { ...hearing, jsonSchemaValidator: firstValidator });
    await client.connect(transport as FirstTransport);
  } else {
    client = new ModernClient(info, {
      ...hearing,
      jsonSchemaValidator: validator,
      versionNegotiation: { mode: kind === 'sdk 2.x modern' ? { pin: '2026-07-28' } : 'legacy' },
    });
    await client.connect(transport);
  }
  const call: SdkClient['call'] = async (name, args = {}, options) => {
    const request = { name, arguments: args };
    const result =
      client instanceof FirstClient
        ? await client.callTool(request, undefined, options)
        : await client.callTool(request, options);
    return result as unknown as CallResult;
  };
  const listTools = async () => (await client.listTools()).tools as unknown as WireTool[];
  return {
    client,
    close: () => client.close(),
    call,
    listTools,
    toolNames: async () => (await listTools()).map((tool) => tool.name),
    text: async (name, args) => textOf(await call(name, args)),
    toolsChanged: async () => {
      if (!listChanged) throw new Error('connect with `listChanged: true` to hear of it');
      return new Promise<void>((resolve) => {
        const once = () => {
          listeners.delete(once);
          resolve();
        };
        listeners.add(once);
      });
    },
    instructions: () => client.getInstructions(),
  };
}

export function textOf({ content }: CallResult): string {
  return content.flatMap((block) => block.text ?? []).join('\n');
}
