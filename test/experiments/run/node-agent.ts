/** An agent that is a script for Node. */
export function node(script: string, ...args: string[]) {
  return { command: [process.execPath, '-e', script, ...args] };
}
