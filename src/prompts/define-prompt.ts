import type { Gated } from '../access/access.ts';
import type { Completable } from '../tool-kit/arguments/suggest-values.ts';

export interface PromptArgument {
  /** How it is completed, and which pin fixes it. */
  kind: Completable;
  description: string;
  required: boolean;
}

/** A way of working that a person starts by name: words for a model, no request to Toado. */
export interface Prompt extends Gated {
  title: string;
  description: string;
  arguments: Record<string, PromptArgument>;
  /** Every tool that one of its steps needs: without it the prompt is not offered. */
  uses: readonly string[];
  /** @param given the arguments, each in quotation marks and harmless to say. */
  write: (given: Record<string, string | undefined>) => string;
}

export function definePrompt(prompt: Omit<Prompt, 'effect'>): Prompt {
  return { ...prompt, effect: 'read' };
}
