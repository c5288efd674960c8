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

/** A test that runs beside its neighbours of the same kind, because nearly all of its time it waits. */
export function sideBySide(
  name: string,
  run: (context: TestContext) => Promise<void>,
  timeout?: number,
): void {
  test.concurrent(
    name,
    (context) =>
      owner.run(
        (undo) => context.onTestFinished(async () => void (await undo())),
        () => run(context),
      ),
    timeout,
  );
}
