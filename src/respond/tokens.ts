/**
 * About how many tokens a text costs a model. Tokenizers differ; this errs on the high side: three characters of
 * ASCII a token (ids and JSON split finely), one for each character beyond it.
 */
export function estimateTokens(text: string): number {
  const beyond = text.match(/[^\x00-\x7f]/g)?.length ?? 0;
  return Math.ceil((text.length - beyond) / 3 + beyond);
}
