import { isJsonObject } from '../../../base/json-object.ts';
import { TOKEN_VARIABLES } from '../../../settings/variables.ts';
import { TOKEN_PLACE } from '../client-entry.ts';
import type { Fields } from './common.ts';

/** The fields that say how a server is started: ours, and of another kind of server, no longer true. */
const LAUNCH_FIELDS = ['type', 'command', 'args', 'cmd', 'env', 'environment', 'envs', 'env_keys', 'name'];

/**
 * What somebody has set beside how the server is started (tools they allow, a time-out, variables of their own) stays,
 * and a token that they put in place of ours to paste over. A server that isn't started by a command is replaced whole.
 */
export function withTheirs(before: unknown, ours: Fields): Fields {
  const launch = ['command', 'cmd'].find((key) => ours[key] !== undefined)!;
  if (!isJsonObject(before) || before[launch] === undefined) return ours;
  const theirs = Object.entries(before).filter(([key]) => !LAUNCH_FIELDS.includes(key));
  const after = { ...ours, ...Object.fromEntries(theirs) };
  for (const key of ['env', 'environment', 'envs']) {
    const [old, own = {}] = [before[key], ours[key]];
    if (!isJsonObject(old) || !isJsonObject(own)) continue;
    const given = TOKEN_VARIABLES.filter((name) => typeof old[name] === 'string');
    const isToPaste = TOKEN_VARIABLES.some((name) => own[name] === TOKEN_PLACE) && given.length > 0;
    const kept = Object.entries(old).filter(([name]) => !isTokenVariable(name) || isToPaste);
    const set = Object.entries(own).filter(([name]) => !isTokenVariable(name) || !isToPaste);
    const env = Object.fromEntries([...kept, ...set]);
    if (Object.keys(env).length > 0) after[key] = env;
  }
  const { env_keys: theirKeys } = before;
  if (Array.isArray(theirKeys)) {
    const ownKeys = (ours.env_keys ?? []) as unknown[];
    const kept = theirKeys.filter((name) => !isTokenVariable(name) || ownKeys.includes(name));
    const keys = [...kept, ...ownKeys.filter((name) => !kept.includes(name))];
    if (keys.length > 0) after.env_keys = keys;
  }
  return after;
}

function isTokenVariable(name: unknown): boolean {
  return (TOKEN_VARIABLES as readonly unknown[]).includes(name);
}
