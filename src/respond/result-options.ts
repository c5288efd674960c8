/** In which form answers leave: their size, and what comes beside the text. */

export const DEFAULT_ANSWER_TOKENS = 8_000;

/** What a tool's result consists of. */
export interface ResultOptions {
  /** The largest answer. */
  tokens: number;
  /**
   * Whether the data goes out as `structuredContent`, too. Off for models: hosts that find it put it before their
   * model in place of the text, and with the text its fence and the pictures are gone.
   */
  structured: boolean;
}

/** The schema that a tool announces for its answers: none where they carry nothing that it describes. */
export function announcedSchema<Schema>(
  outputSchema: Schema,
  { structured }: Pick<ResultOptions, 'structured'>,
) {
  return structured ? { outputSchema } : {};
}
