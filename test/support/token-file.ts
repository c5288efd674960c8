/** One session for many tokens: its token file is given one after the other, as when a person rotates them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectInProcess, type InProcessOptions } from './connect-in-process.ts';
import type { ClientKind, SdkClient } from './sdk-client.ts';
import { temporaryFolder } from './temporary.ts';

export interface OnTokenFile extends SdkClient {
  /** From here on it works with this token. */
  use(token: string): Promise<void>;
}

/** @param start `connect` for the built program. */
export async function connectOnTokenFile(
  kind: ClientKind,
  { apiUrl, token, ...options }: { apiUrl: string; token: string } & InProcessOptions,
  start: (kind: ClientKind, options: InProcessOptions) => Promise<SdkClient> = connectInProcess,
): Promise<OnTokenFile> {
  const file = join(temporaryFolder(), 'token');
  writeFileSync(file, token);
  const env = { ...options.env, TOADO_API_URL: apiUrl, TOADO_API_TOKEN_FILE: file };
  const connected = await start(kind, { ...options, env });
  return {
    ...connected,
    async use(next) {
      writeFileSync(file, next);
      // whoami reads the file again.
      const { isError, content } = await connected.call('whoami');
      if (isError) throw new Error(`whoami with another token: ${content[0]?.text}`);
    },
  };
}
