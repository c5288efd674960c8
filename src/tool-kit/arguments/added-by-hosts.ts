/**
 * Names of arguments that hosts add to every call by themselves, each with its source. A refusal would be repeated for
 * ever, because the host adds them again; they say nothing about the call, so they are dropped. Every other unknown
 * name is an error.
 */
const SOURCES = {
  /** Cline's list of what has been done. */
  task_progress: 'https://github.com/cline/cline/issues/10426',
  /** Gemini CLI's order of calls. */
  wait_for_previous: 'https://github.com/MemPalace/mempalace/pull/322',
  /** n8n's own bookkeeping. */
  toolCallId: 'https://github.com/n8n-io/n8n/issues/21500',
  tool: 'https://github.com/n8n-io/n8n/issues/21500',
} as const;

export const ADDED_BY_HOSTS: ReadonlySet<string> = new Set(Object.keys(SOURCES));
