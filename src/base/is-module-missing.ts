/** Whether a part of the program, which is loaded when it is needed, is no longer there. */
export function isModuleMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND';
}
