/** Shell completion: `toado-mcp completion bash|zsh|fish|powershell` prints what the shell is to load. */
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { clients } from '../config/clients/index.ts';

/** The script for bash calls a function of the package bash-completion, which is not everywhere; that one comes first. */
export const WITHOUT_BASH_COMPLETION = `
if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
  }
fi
`;

/** @param whole command lines that the program otherwise loads when they are asked for. */
export function addCompletion(program: Command, whole: readonly Command[]): Command {
  const commands = program.commands as Command[];
  for (const one of whole) commands[commands.findIndex((stub) => stub.name() === one.name())] = one;
  // The library adds a command of its own by this name.
  const [ours] = commands.splice(
    commands.findIndex((one) => one.name() === 'completion'),
    1,
  );
  const completion = tab(program, { completionCommandName: 'completion' });
  completion.commands.get('completion')!.description = ours!.description();
  const offer = (command: string, argument: string, offered: readonly (readonly [string, string])[]) => {
    const found = completion.commands.get(command)?.arguments.get(argument);
    if (found)
      found.handler = (complete) => {
        for (const [value, about] of offered) complete(value, about);
      };
  };
  offer(
    'config',
    'client',
    clients.map(({ name, title }) => [name, title]),
  );
  offer(
    'help',
    'command',
    commands.filter((one) => one.name() !== 'complete').map((one) => [one.name(), one.description()]),
  );
  return program;
}
