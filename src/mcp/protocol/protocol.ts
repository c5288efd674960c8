/** What this server says of itself, and what of the protocol is the same with the SDK and without it. */
import { version } from '../../base/version.ts';

/**
 * The revisions with `initialize`, the newest first: what a client asks for if it is among them, otherwise the first.
 * A test compares both lists with the SDK's.
 */
export const INITIALIZE_REVISIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'];
/** The revisions without: every request says its own, and `server/discover` lists these. */
export const DISCOVER_REVISIONS = ['2026-07-28'];

export const SERVER_INFO = { name: 'toado', title: 'Toado', version, websiteUrl: 'https://toado.dev' };

export const CAPABILITIES = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { listChanged: true },
  completions: {},
};

export const ErrorCode = { InvalidParams: -32602, InternalError: -32603 } as const;

export interface RpcError {
  code: number;
  message: string;
  data?: unknown;
}

export type RequestId = string | number;

export function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isSafeInteger(value);
}
