/**
 * A setting that can't be used: one line that names it and says what to do. In a terminal the start ends with it; a
 * server that a client started serves whoami alone, which says it.
 */
export class SettingsError extends Error {
  override readonly name: string = 'SettingsError';
  readonly exitCode: number = 1;
}

/** What was typed can't be meant: the same in one line, with exit code 2. */
export class UsageError extends SettingsError {
  override readonly name = 'UsageError';
  override readonly exitCode = 2;
}
