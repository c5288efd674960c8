/** Stands for what the bundle can't reach: undici's bodies other than text, which this server never sends. */
throw new Error('This part of undici is not in the bundle (build/replace.ts).');
