/** Several servers side by side, a token each: a model is told which one it talks to. */
import { describe, expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { SDKS } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

describe.each(SDKS)('%s', (sdk) => {
  test('--name stands in the instructions and in whoami', async () => {
    const toado = await startToado();
    const acme = await connectInProcess(sdk, { args: ['--name', 'toado-acme'], env: toado.env('reader') });
    expect(acme.instructions()).toMatch(/^This server is toado-acme: one of several/);
    expect(await acme.text('whoami')).toContain('server: toado-acme');
    const only = await connectInProcess(sdk, { env: toado.env('reader') });
    expect(only.instructions()).not.toContain('This server is');
  });
});
