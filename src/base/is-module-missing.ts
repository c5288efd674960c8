/** Whether a part of the program, which is loaded when it is needed, is no longer there. */
export function isModuleMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND';
}

/** What is said of it then, and what helps. */
export const WAS_REPLACED = 'that is no longer there: its files were replaced or removed since it started.';
export const START_AGAIN = 'A person has to start toado-mcp again in this client; do without it until then.';
