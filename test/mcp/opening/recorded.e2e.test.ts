/** The openings of real clients are answered without the SDK, and as the SDK would. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Opening } from '../../../src/mcp/opening/opening.ts';
import { INSTRUCTIONS } from '../../../src/mcp/protocol/instructions.ts';
import { bySdk, heard, LISTS, type Serve, STEP } from './beside-sdk.ts';

interface Recording {
  client: string;
  /** Recorded from the client itself, or written after its sources. */
  source: string;
  messages: Record<string, unknown>[];
}

const folder = new URL('recorded/', import.meta.url);
for (const name of readdirSync(folder)) {
  const { client, messages } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording;
  test.concurrent(`the opening of ${client} is answered without the SDK, and as the SDK would`, async () => {
    const alone: Serve = (transport) =>
      new Opening({
        transport,
        lists: LISTS,
        changed: () => [],
        instructions: INSTRUCTIONS,
        takeOver: () => expect.fail('the SDK was asked for'),
      });
    // Each answer is waited for, as clients do.
    const lines = messages.flatMap((message) => [message, STEP]);
    const [ours, theirs] = await Promise.all([heard(alone, lines), heard(bySdk, lines)]);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBe(messages.filter((message) => 'id' in message).length);
  });
}
