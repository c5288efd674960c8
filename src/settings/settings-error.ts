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

/** Everything that is wrong, so that nobody has to find the next one by starting again. */
export class Problems {
  readonly #found: string[] = [];

  get any(): boolean {
    return this.#found.length > 0;
  }

  add(problem: string): void {
    if (!this.#found.includes(problem)) this.#found.push(problem);
  }

  /** @returns nothing of that type where it can't be read: then `throwAny` throws, and nobody uses it. */
  readonly in = <Value>(read: () => Value): Value => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.add(error.message);
      return undefined as Value;
    }
  };

  /** @throws SettingsError */
  throwAny(): void {
    const [first, ...others] = this.#found;
    if (first === undefined) return;
    const all = this.#found.map((one, at) => `(${at + 1}) ${one}`).join(' ');
    throw new SettingsError(others.length === 0 ? first : `${this.#found.length} settings are wrong. ${all}`);
  }
}
