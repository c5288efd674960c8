/** What an agent is told: the task, and how to end its answer so that a program can read it. */
import type { Scenario } from './schema.ts';

export function promptOf({ task }: Scenario): string {
  return `${task.trim()}

Work in Toado with the tools of the MCP server "toado", and with nothing else; nobody can answer questions. When you have finished, end your answer with one last line, exactly one of these two:
RESULT: done
RESULT: could not: <why, in one sentence>
The first only if all of the task is done as asked.
`;
}
