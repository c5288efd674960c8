/** A setting that can't be used: one line that names it and says what to do. The start ends with exit code 1. */
export class SettingsError extends Error {
  override readonly name: string = 'SettingsError';
}

/** What was typed can't be meant: the same in one line, with exit code 2. */
export class UsageError extends SettingsError {
  override readonly name = 'UsageError';
}
