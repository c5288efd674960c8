/**
 * The end of the process. At its exit Node waits for what its threads are still doing, a picture that is decoded or a
 * name that is looked up, which can take longer than anybody waits: then it ends hard.
 */

/** What a terminal, a client or the system asks a process to end by. */
export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let jobs = 0;

/** For work that Node can't stop and doesn't list among its own resources. */
export async function onThread<Result>(work: () => Promise<Result>): Promise<Result> {
  jobs++;
  try {
    return await work();
  } finally {
    jobs--;
  }
}

/** What was to be written has been written. */
export function endProcess(code = process.exitCode): never {
  const isBusy = jobs > 0 || process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
  if (isBusy) process.kill(process.pid, 'SIGKILL');
  process.exit(code ?? process.exitCode);
}

/** Whatever still runs then: it is over. */
export function endProcessWithin(ms: number): NodeJS.Timeout {
  return setTimeout(() => process.kill(process.pid, 'SIGKILL'), ms);
}
