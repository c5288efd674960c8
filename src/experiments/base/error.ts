/** Something that a person can mend, in a sentence: a name, a file, a command that isn't there. */
export class ExperimentError extends Error {
  override readonly name: string = 'ExperimentError';
}

/** Somebody ended the sandbox while the agent ran: there is nothing left to grade. */
export class SandboxKilledError extends ExperimentError {
  override readonly name = 'SandboxKilledError';
}
