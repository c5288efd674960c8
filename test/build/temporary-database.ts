import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A file for one sandbox of a whole test file. */
export function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sandbox.db');
}
