/** `as: "file"`: offered where the person who started the server has named a folder (`--files`). */
import { invalidArguments } from '../../base/failure.ts';
import type { CatalogueEntry, ObjectSchema } from '../../catalogue/index.ts';
import type { FileKind, FileSink, SavedFile } from '../../files/files-folder.ts';
import type { Answer } from '../../respond/answer.ts';

/** Writes a file into that folder; absent where there is none. */
export type SaveFile = (kind: FileKind, write: (sink: FileSink) => Promise<void>) => Promise<SavedFile>;

/** A tool's arguments as they are offered with or without such a folder. */
export function withAsFile(
  { inputSchema, asFile }: Pick<CatalogueEntry, 'inputSchema' | 'asFile'>,
  hasFolder: boolean,
): ObjectSchema {
  const { as } = inputSchema.properties ?? {};
  if (!asFile || !as) return inputSchema;
  const offered = hasFolder
    ? { ...as, description: [as.description, `file: ${asFile}`].filter(Boolean).join('; ') }
    : { ...as, enum: as.enum?.filter((one) => one !== 'file') };
  return { ...inputSchema, properties: { ...inputSchema.properties, as: offered } };
}

export function folderNeeded(tool: string): Error {
  return invalidArguments(
    `${tool}: as "file" writes to a folder of this machine, and this server has none.`,
    'Read it without as; a person can start the server with --files <folder>.',
  );
}

/** A file's answer: all of it is our own words. */
export function fileAnswer(
  { path, bytes }: SavedFile,
  says: string,
  data: Record<string, unknown>,
  notes: readonly (string | undefined)[],
): Answer {
  const all = { ...data, path, bytes };
  return {
    data: all,
    omitFromText: Object.keys(all),
    notes: [`Written to ${path} (${sizeOf(bytes)}): ${says}.`, ...notes.filter((note) => note !== undefined)],
  };
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
