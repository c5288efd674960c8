import { ExperimentError } from './error.ts';

/** @throws ExperimentError where the folder can't be written. */
export function withWriteErrors(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new ExperimentError(`${folder} can't be written: ${(error as Error).message}`);
  }
}
