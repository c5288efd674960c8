import { expect, test } from 'vitest';
import { smallWorld, start } from '../support/sandbox.ts';

test('whoever is at this machine, and says nothing of who that is, is the first owner', async () => {
  const { companies, ...world } = smallWorld();
  const [acme, globex] = companies;
  const { bare } = await start({
    world: { ...world, companies: [{ ...acme!, members: [...acme!.members].reverse() }, globex!] },
  });
  const make = async (more: object) => {
    const body = JSON.stringify({ label: 'new', scopes: ['read'], ...more });
    const reply = await bare('POST', '/sandbox/tokens', {
      headers: { 'content-type': 'application/json' },
      body,
    });
    return reply.body.user?.id ?? reply.body.error.code;
  };
  expect(await make({})).toBe('usr_olga');
  expect(await make({ user_id: 'usr_mia' })).toBe('usr_mia');
  expect(await make({ user_id: 'usr_nobody' })).toBe('user_not_found');
});
