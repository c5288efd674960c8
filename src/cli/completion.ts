/** Shell completion: `toado-mcp completion bash|zsh|fish|powershell` prints what the shell is to load. */
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { clients } from './config/clients/index.ts';

/** @param sandbox the sandbox's own command line, which the program otherwise loads when it is asked for. */
export function addCompletion(program: Command, sandbox: Command): Command {
  const commands = program.commands as Command[];
  commands.splice(
    commands.findIndex((one) => one.name() === 'sandbox'),
    1,
    sandbox,
  );
  const completion = tab(program, { completionCommandName: 'completion' });
  const client = completion.commands.get('config')?.arguments.get('client');
  if (client)
    client.handler = (complete) => {
      for (const { name, title } of clients) complete(name, title);
    };
  return program;
}
