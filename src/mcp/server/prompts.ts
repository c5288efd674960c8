/** prompts/get: the same gate as the tools'. */
import type { McpServer } from '@modelcontextprotocol/server';
import { invalidArguments } from '../../base/failure.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Prompt } from '../../prompts/define-prompt.ts';
import { prompts } from '../../prompts/index.ts';
import { pinOf } from '../../session/pins.ts';
import type { Session } from '../../session/session.ts';
import { quoted } from '../../tool-kit/arguments/read-arguments.ts';
import { checkAccess } from '../calls/check-access.ts';
import { withProtocolErrors } from './protocol-error.ts';

export function offerPrompts({ server }: McpServer, session: Session): void {
  server.setRequestHandler('prompts/get', ({ params }, { mcpReq }) =>
    withProtocolErrors(session, 'prompts/get', async () => {
      const prompt = promptOf(params.name);
      await checkAccess(session, prompt.name, () => session.access.to(prompts), mcpReq.signal);
      const text = prompt.write(readGiven(prompt, params.arguments ?? {}, session));
      return {
        description: prompt.description,
        messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
      };
    }),
  );
}

function promptOf(name: string): Prompt {
  const prompt = prompts.find((one) => one.name === name);
  if (prompt) return prompt;
  const names = prompts.map((one) => one.name);
  throw invalidArguments(
    `There is no prompt of that name.${didYouMean(name, names)}`,
    'prompts/list names them all.',
  );
}

/** Each in quotation marks, its control characters visible: it becomes part of our own words. */
function readGiven(
  { name, arguments: known }: Prompt,
  given: Record<string, string>,
  session: Session,
): Record<string, string | undefined> {
  const unknown = Object.keys(given).find((one) => !Object.hasOwn(known, one));
  if (unknown !== undefined) {
    throw invalidArguments(
      `${name} has no argument ${quoted(unknown)}.${didYouMean(unknown, Object.keys(known))}`,
      `It takes: ${Object.keys(known).join(', ')}.`,
    );
  }
  const read = Object.entries(known).map(([argument, { kind, required }]) => {
    const pinned = pinOf(kind, session.settings.pins);
    if (pinned !== undefined && given[argument] !== undefined)
      throw invalidArguments(
        `${argument} is fixed for this server (${quoted(pinned)}).`,
        `Leave ${argument} out.`,
      );
    const value = pinned ?? given[argument]?.trim();
    if (!value && required) throw invalidArguments(`${name}: ${argument} is missing.`, `Give ${argument}.`);
    return [argument, value ? quoted(value) : undefined];
  });
  return Object.fromEntries(read);
}
