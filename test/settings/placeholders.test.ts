import { expect, test } from 'vitest';
import { isPlaceholderToken, isUnfilled } from '../../src/settings/placeholders.ts';

const reference = (inside: string) => `$\{${inside}}`;

test.each([
  reference('X'),
  reference('env:TOADO_API_TOKEN'),
  reference('input:token'),
  reference('user_config.token'),
  reference('X:-'),
  `$${reference('X').slice(1)}`,
  '$X',
  '%X%',
  '{{token}}',
  '<token>',
  '$(cat token)',
])('a reference: %s', (value) => expect(isUnfilled(value)).toBe(true));

test.each([
  'tok_PASTE_YOURS_HERE',
  'tok_paste-your-token-here',
  'tok_your_token',
  'YOUR_TOKEN',
  'tok_REPLACE_ME',
  'tok_changeme',
  'tok_...',
  'tok_01HXYZ123ABCD....',
  'tok_01HXYZ…',
  'tok_xxxxxxxx',
  'tok_********',
])('a placeholder: %s', (token) => expect(isPlaceholderToken(token)).toBe(true));

test.each([
  'tok_x',
  'tok_01HXYZ123ABCD',
  'tok_sandbox_triage',
  'tok_that_stays_here',
  'tok_of_a_real_person',
  'tok_secret',
  'tok_yourself',
  'tok_aB-c_D.e~f',
])('a token: %s', (token) => expect(isPlaceholderToken(token)).toBe(false));
