/** Which variables of an entry that is there stay, and that nobody's old token stands beside a new way to it. */
import { expect, test } from 'vitest';
import { TOKEN_PLACE } from '../../../../src/cli/config/client-entry.ts';
import { withTheirs } from '../../../../src/cli/config/merge/keep-theirs.ts';

const PASTE = { TOADO_API_TOKEN: TOKEN_PLACE };
const FROM_ENVIRONMENT = { TOADO_API_TOKEN: '$' + '{TOADO_API_TOKEN}' };

test.each<[what: string, theirs: object, ours: object, kept: object]>([
  ['a token in place of ours', { TOADO_API_TOKEN: 'tok_mine' }, PASTE, { TOADO_API_TOKEN: 'tok_mine' }],
  ['a token file', { TOADO_API_TOKEN_FILE: '/t' }, PASTE, { TOADO_API_TOKEN_FILE: '/t' }],
  ['none yet: ours is to be pasted over', { DEBUG: '1' }, PASTE, { DEBUG: '1', ...PASTE }],
  ['one that ours gets elsewhere', { TOADO_API_TOKEN: 'tok_mine' }, FROM_ENVIRONMENT, FROM_ENVIRONMENT],
  ['a setting that ours has, too', { TOADO_TOOLS: 'a' }, { TOADO_TOOLS: 'b' }, { TOADO_TOOLS: 'b' }],
])('%s', (_, theirs, ours, kept) => {
  for (const field of ['env', 'environment', 'envs'])
    expect(withTheirs({ command: 'x', [field]: theirs }, { command: 'y', [field]: ours })).toEqual({
      command: 'y',
      [field]: kept,
    });
});

test('names of variables that a client hands on: theirs, but for another way to a token', () => {
  const merged = withTheirs(
    { cmd: 'x', env_keys: ['MINE', 'TOADO_API_TOKEN_FILE', 'TOADO_TOOLS'] },
    { cmd: 'y', env_keys: ['TOADO_API_TOKEN', 'TOADO_TOOLS'] },
  );
  expect(merged).toEqual({ cmd: 'y', env_keys: ['MINE', 'TOADO_TOOLS', 'TOADO_API_TOKEN'] });
});
