/** A setting that can't be used: one line that names it and says what to do. The start ends with exit code 1. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
