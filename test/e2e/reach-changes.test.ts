/** What a token may touch changes while its agent works. */
import { expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

test.each(
  SDKS,
)('%s: a refusal names the limits that the token has now, not those of the start', async (sdk) => {
  const toado = await startToado();
  const { call } = await connectInProcess(sdk, { env: toado.env('commenter') });
  const read = () => call('list_comments', { ticket_id: 't-vP4sTe' });
  expect((await read()).isError).toBeFalsy();
  const taken = await fetch(`${toado.apiUrl}/sandbox/tokens/tkn_commenter?user_id=usr_jason`, {
    method: 'DELETE',
  });
  expect(await taken.json()).toMatchObject({ state: 'withdrawn' });
  // The token info of the start is older than a call asks for twice.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const refused = textOf(await read());
  expect(refused).toMatch(/^forbidden .*outside of what the token is limited to/);
  expect(refused).toMatch(/This token is limited to:\n<[^>]+>\ncompanies: co_/);
});
