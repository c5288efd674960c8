/** Something that a person can mend, in a sentence: a name, a file, a command that isn't there. */
export class ExperimentError extends Error {
  override readonly name = 'ExperimentError';
}
