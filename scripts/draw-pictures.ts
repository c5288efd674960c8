/**
 * Draws the sandbox's pictures: `npx tsx scripts/draw-pictures.ts dist/pictures`.
 * Nothing is drawn twice: not at all while the sources are the same, and only what has changed when they aren't.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Annotation } from '../src/sandbox/model/capture.ts';
import type { PictureName } from '../src/sandbox/seed/draw/picture-sizes.ts';

const require = createRequire(import.meta.url);
const seed = fileURLToPath(new URL('../src/sandbox/seed/', import.meta.url));
const sources = ['draw', 'captures'];
const fontNames = [
  'Sans',
  'Sans-Bold',
  'Sans-BoldOblique',
  'SansCondensed',
  'SansCondensed-Bold',
  'SansMono',
  'SansMono-Bold',
];
const sheetName = 'drawn.json';

/** What was drawn last: the sources' hash, and each file's own with its size. */
interface Sheet {
  sources: string;
  files: Record<string, { hash: string; bytes: number }>;
}

export interface Drawn {
  files: number;
  bytes: number;
}

const hashOf = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};

export async function drawPictures(outDir: string): Promise<Drawn> {
  await mkdir(outDir, { recursive: true });
  const last = await readSheet(outDir);
  const hash = await sourcesHash();
  if (last.sources === hash && (await allThere(outDir, last))) return total(last);
  const sheet: Sheet = { sources: hash, files: {} };
  const { makeAll } = await loadScenes();
  const queue = makeAll();
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job; job = queue.shift())
      Object.assign(sheet.files, await drawOne(job, outDir, last));
  };
  await Promise.all([worker(), worker(), worker()]);
  await writeFile(join(outDir, sheetName), JSON.stringify(sheet));
  return total(sheet);
}

interface Job {
  name: PictureName;
  svg: string;
  /** The annotations' layer, for pictures that belong to a capture. */
  layer?: string;
  width: number;
  height: number;
}

async function loadScenes(): Promise<{ makeAll: () => Job[] }> {
  const [{ scenes }, { annotationLayer }, { pictureSizes }, { world }] = await Promise.all([
    import('../src/sandbox/seed/draw/scenes/index.ts'),
    import('../src/sandbox/seed/draw/annotate.ts'),
    import('../src/sandbox/seed/draw/picture-sizes.ts'),
    import('../src/sandbox/seed/tickets/index.ts'),
  ]);
  const annotations = new Map<string, Annotation[]>();
  for (const { capture } of world.tickets) {
    if (capture?.screenshot) annotations.set(capture.screenshot, capture.annotations);
  }
  const makeAll = (): Job[] =>
    (Object.keys(scenes) as PictureName[]).map((name) => {
      const { width, height } = pictureSizes[name];
      const marks = annotations.get(name);
      return {
        name,
        svg: scenes[name](),
        width,
        height,
        ...(marks && { layer: annotationLayer(marks, width, height) }),
      };
    });
  return { makeAll };
}

async function drawOne(job: Job, outDir: string, last: Sheet): Promise<Sheet['files']> {
  const raw = `${job.name}.png`;
  const annotated = `${job.name}.annotated.png`;
  const wanted = [raw, ...(job.layer ? [annotated] : [])];
  const hash = hashOf(job.svg, job.layer ?? '', String(job.width), await toolsVersion());
  if (wanted.every((file) => last.files[file]?.hash === hash && existsSync(join(outDir, file)))) {
    return Object.fromEntries(wanted.map((file) => [file, last.files[file]!]));
  }
  const pixels = await rendered(job.svg, job.width);
  const drawn: Sheet['files'] = { [raw]: { hash, bytes: await written(join(outDir, raw), pixels, job) } };
  if (job.layer) {
    const layer = await rendered(job.layer, job.width);
    drawn[annotated] = { hash, bytes: await written(join(outDir, annotated), pixels, job, layer) };
  }
  return drawn;
}

async function rendered(svg: string, width: number): Promise<Buffer> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      loadSystemFonts: false,
      fontFiles: fontNames.map((name) => join(folder, `DejaVu${name}.ttf`)),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return image.pixels;
}

/** Pages are few flat colours: a palette keeps their pictures small. */
async function written(
  path: string,
  pixels: Buffer,
  size: { width: number; height: number },
  layer?: Buffer,
): Promise<number> {
  const { default: sharp } = await import('sharp');
  const raw = { width: size.width, height: size.height, channels: 4 as const };
  const image = sharp(pixels, { raw });
  const { data, info } = await (layer ? image.composite([{ input: layer, raw, premultiplied: true }]) : image)
    .removeAlpha()
    .png({ palette: true, quality: 92, dither: 0, effort: 1, compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true });
  await writeFile(path, data);
  return info.size;
}

async function readSheet(outDir: string): Promise<Sheet> {
  const path = join(outDir, sheetName);
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Sheet) : { sources: '', files: {} };
}

async function allThere(outDir: string, sheet: Sheet): Promise<boolean> {
  const sizes = await Promise.all(
    Object.entries(sheet.files).map(
      async ([file, { bytes }]) => (await stat(join(outDir, file)).catch(() => undefined))?.size === bytes,
    ),
  );
  return sizes.every(Boolean);
}

async function toolsVersion(): Promise<string> {
  const versions = ['@resvg/resvg-js/package.json', 'dejavu-fonts-ttf/package.json'].map((path) =>
    readFile(require.resolve(path), 'utf8'),
  );
  return (await Promise.all(versions))
    .map((text) => (JSON.parse(text) as { version: string }).version)
    .join(' ');
}

async function sourcesHash(): Promise<string> {
  const files = (await Promise.all(sources.map((path) => filesBelow(join(seed, path))))).flat().sort();
  files.push(fileURLToPath(import.meta.url));
  const texts = await Promise.all(files.map((file) => readFile(file)));
  return hashOf(await toolsVersion(), ...files.flatMap((file, i) => [relative(seed, file), texts[i]!]));
}

async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function total(sheet: Sheet): Drawn {
  const files = Object.values(sheet.files);
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const outDir = process.argv[2] ?? 'dist/pictures';
  const begun = performance.now();
  const { files, bytes } = await drawPictures(outDir);
  process.stdout.write(
    `${files} pictures in ${outDir}, ${Math.round(bytes / 1024)} kB, ${Math.round(performance.now() - begun)} ms\n`,
  );
}
