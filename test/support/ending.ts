/** What has to be undone, and when: at the end of the test that made it, or of the file whose tests share it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { beforeAll, onTestFinished, type TestContext, test } from 'vitest';

type Undo = () => unknown;

const owner = new AsyncLocalStorage<(undo: Undo) => void>();

/** Undoes something when the test ends, or, inside of `shared`, when the file or its `describe` does. */
export function atEnd(undo: Undo): void {
  (owner.getStore() ?? onTestFinished)(async () => void (await undo()));
}

/**
 * Makes something before the first of the tests around it and keeps it until the last: for what they only read. A
 * start of the program, with its first call, takes half a second of processor time.
 */
export function shared<Value>(make: () => Promise<Value>): () => Value {
  let value: { made: Value } | undefined;
  beforeAll(async () => {
    const undos: Undo[] = [];
    value = { made: await owner.run((undo) => void undos.push(undo), make) };
    return async () => {
      for (const undo of undos.reverse()) await undo();
    };
  });
  return () => {
    if (!value) throw new Error('what tests share is there inside of them, not before');
    return value.made;
  };
}

/** What a test makes is undone at its own end, whichever others run beside it. */
function inside(context: TestContext, run: () => Promise<void>): Promise<void> {
  return owner.run((undo) => context.onTestFinished(async () => void (await undo())), run);
}

/**
 * A test that runs beside its neighbours of the same kind, because nearly all of its time it waits. Not for what has to
 * happen within a deadline: all of them start at once.
 */
export function sideBySide(name: string, run: () => Promise<void>, timeout = 60_000): void {
  test.concurrent(name, (context) => inside(context, run), timeout);
}
