/** What an agent is given: files with a token are for nobody else on the machine. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makePlace } from '../../../src/experiments/agent/workspace.ts';

const ACCESS = { apiUrl: 'http://127.0.0.1:1/api/v1', token: 'tok_of_this_run', recorder: '127.0.0.1:1/x' };

test('its folder is its user’s alone, and so is each file with the token', () => {
  const place = makePlace('Do it.', ACCESS);
  try {
    const folder = dirname(place.workdir);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(folder).map((name) => join(folder, name));
    const secret = files.filter(
      (file) => statSync(file).isFile() && readFileSync(file, 'utf8').includes(ACCESS.token),
    );
    expect(secret.sort()).toEqual([place.mcpConfig, place.settings].sort());
    expect(secret.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(readdirSync(place.workdir)).toEqual([]);
  } finally {
    place.remove();
  }
  expect(existsSync(dirname(place.workdir))).toBe(false);
});
