/** Lines on stderr, for the person who runs the server. stdout belongs to JSON-RPC. */

import { visible } from '../base/visible.ts';
import type { Redactor } from './redact-token.ts';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

export interface LogOptions {
  level: LogLevel;
  format: LogFormat;
  redactor: Redactor;
  write?: ((line: string) => void) | undefined;
}

export function createLog({ level, format, redactor, write = toStderr }: LogOptions): Log {
  const maxLevel = LOG_LEVELS.indexOf(level);
  return (at, message, fields = {}) => {
    if (LOG_LEVELS.indexOf(at) > maxLevel) return;
    const line =
      format === 'json'
        ? JSON.stringify({ time: new Date().toISOString(), level: at, message, ...fields })
        : `toado-mcp${at === 'info' ? '' : ` ${at}`}: ${message}${fieldsAsText(fields)}`;
    // Labels and names come from Toado: none of them may steer a terminal. Between marks for what is hidden, a token
    // would not be found any more.
    write(`${visible(redactor.redact(line)).replaceAll(/\n\s*/g, ' ')}\n`);
  };
}

function fieldsAsText(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}

/** The reader of stderr may be gone before us; that is no reason to fall over. */
function toStderr(line: string): void {
  try {
    process.stderr.write(line);
  } catch {}
}
