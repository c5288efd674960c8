/**
 * Node 20 looks at a function for optimizing it each time it has run 66 kB of its byte code, and does so at the third
 * look at the earliest: thousands of calls, which hardly any session has. Later versions have a compiler in between
 * (Maglev) and need no help. Node 20's V8 is final, so what this flag means there is settled.
 */
import { setFlagsFromString } from 'node:v8';

const BUDGET_BYTES = 10_000;
/** The first ones make what all others use, the SDK's schemas most of all: optimizing that would hold up the next ones. */
const FROM_CALL = 10;

let calls = 0;

/** Told of every call. What it buys: docs/performance.md. */
export function optimizeAfterFirstCalls(): void {
  if (++calls === FROM_CALL && process.versions.v8.startsWith('11.3.'))
    setFlagsFromString(`--interrupt-budget=${BUDGET_BYTES}`);
}
