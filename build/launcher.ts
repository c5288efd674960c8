#!/usr/bin/env node
/**
 * What ships as dist/main.js: starts the program from its parts, with V8's compiled code for them from the last
 * time. Node 22 has a cache of its own for that; this one works on Node 20 too and was quicker on both
 * (docs/performance.md). NODE_DISABLE_COMPILE_CACHE turns it off, like Node's.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { makeFolder } from '../src/base/make-folder.ts';

declare const PROGRAM: string;
/** The file with all the parts that a plain start needs. */
declare const START: string;
/** Another one for every other program. */
declare const BUILD: string;

type Part = (
  exports: unknown,
  require: (id: string) => unknown,
  module: { exports: unknown },
  url: string,
) => void;

/** Compiled code that no build wrote for this long belongs to a version that is gone. */
const KEEP_DAYS = 14;
/** When a start, or a first call, has used all that it needs; a client may end us without a word later on. */
const WRITE_AFTER_MS = 3_000;

const nodeRequire = createRequire(__filename);
const loaded = new Map<string, { exports: unknown }>();
const fresh = new Map<string, Script>();
const folder = cacheFolder();

const together = compiled(START) as Record<string, Part>;

function load(id: string): unknown {
  if (!id.startsWith('./')) return nodeRequire(id);
  const known = loaded.get(id);
  if (known) return known.exports;
  const module = { exports: {} as unknown };
  loaded.set(id, module);
  const part = together[id] ?? (compiled(id) as Part);
  part(module.exports, load, module, `file://${encodeURI(join(__dirname, id))}`);
  return module.exports;
}

function compiled(id: string): unknown {
  const filename = join(__dirname, id);
  const cachedData = folder ? readIfThere(join(folder, cacheName(id))) : undefined;
  // The parts hold ASCII only, and V8 keeps such text in half the memory.
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  if (!cachedData || script.cachedDataRejected) {
    if (fresh.size === 0) setTimeout(() => keep(true), WRITE_AFTER_MS).unref();
    fresh.set(id, script);
  }
  return script.runInThisContext();
}

/** The user's own cache folder: nobody else may put code there. */
function cacheFolder(): string | undefined {
  const { env, platform } = process;
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  if (platform === 'win32') return env.LOCALAPPDATA && join(env.LOCALAPPDATA, 'toado-mcp', 'Cache');
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'toado-mcp');
  if (!env.HOME) return undefined;
  return join(env.HOME, platform === 'darwin' ? 'Library/Caches' : '.cache', 'toado-mcp');
}

/** V8 looks itself whether it wrote the code, but of the text it was made of it knows the length only. */
function cacheName(id: string): string {
  return `${id.slice(2, -3)}.${BUILD}.node-${process.versions.node}-${process.arch}`;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Keeps the compiled code for the next start. Where it can't be kept, the next start takes a little longer. It holds
 * what was used so far, and what a server uses at its start only a server has used.
 */
function keep(isServer: boolean): void {
  if (!isServer) fresh.delete(START);
  if (!folder || fresh.size === 0) return;
  try {
    makeFolder(folder, 0o700);
    for (const [id, script] of fresh) {
      const path = join(folder, cacheName(id));
      const unfinished = `${path}.${process.pid}`;
      writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
      renameSync(unfinished, path);
    }
    const old = Date.now() - KEEP_DAYS * 24 * 60 * 60 * 1000;
    for (const name of readdirSync(folder)) {
      if (statSync(join(folder, name)).mtimeMs < old) rmSync(join(folder, name), { force: true });
    }
  } catch {}
  fresh.clear();
}

load(PROGRAM);
process.once('exit', () => keep(process.argv.length === 2));
