/** How long each part of a request may take, in milliseconds. Whatever happens, a call ends within 30 s (contract §5). */

/** A tool's call that reads. */
export const READ_CALL_MS = 27_000;
/** A tool's call that writes: what is left until `READ_CALL_MS` is for reading whether a lost write happened. */
export const WRITE_CALL_MS = 20_000;
/** One attempt of a write: two of them find room. */
export const WRITE_ATTEMPT_MS = 9_500;
/** One attempt of reading what became of a write. */
export const CONFIRM_ATTEMPT_MS = 3_000;
/** When a call is given up, whatever it is doing. */
export const GIVE_UP_MS = 29_000;

/** A prompt or a resource. */
export const PROMPT_OR_RESOURCE_MS = 28_000;
/** Finding the resources that can be listed. */
export const LIST_MS = 10_000;
/** A completion, which nobody waits for longer. */
export const COMPLETE_MS = 5_000;

/** How long a call waits for Toado to say what the token may do. */
export const GRANT_FOR_CALL_MS = 10_000;
/** The same for a list: some hosts give a start ten seconds in all. */
export const GRANT_FOR_LIST_MS = 4_000;
