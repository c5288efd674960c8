import pLimit from 'p-limit';
import type { OutputInfo, Sharp } from 'sharp';
import { onThread } from '../base/end-process.ts';
import type { Picture } from './picture.ts';

/** What models take without scaling it down again. */
const LONG_SIDE = 1568;
const MAX_BYTES = 1_000_000;
/** A picture can be small as a file and enormous in memory. */
const MAX_PIXELS = 100_000_000;

/**
 * Decoding an AVIF can't be stopped, and its time goes by its pixels and by its bytes: 25 million of the one and 2 MB of
 * the other take some seconds, where a hundred million or 10 MB take half a minute of one of the few threads.
 */
const MAX_AVIF_PIXELS = 25_000_000;
const MAX_AVIF_BYTES = 2_000_000;

/** A picture whose sides differ more than this is cut into pieces: as one, nothing could be read in it. */
const MAX_RATIO = 3;
const MAX_PIECES = 4;

/** Two at a time: each takes one of Node's four threads, which look-ups of hosts need, too. */
const inTurn = pLimit(2);

export class TooSlow extends Error {}

/**
 * Scales a picture so that its long side is at most 1568 px and all of it under 1 MB. Screenshots stay PNG, where
 * text is sharpest, as long as they fit. It ends in time, whether or not the decoder does.
 */
export async function scale(bytes: Buffer, timeoutMs: number): Promise<Picture> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new TooSlow('too slow'));
    }, timeoutMs);
  });
  const work = () => {
    if (isLate) throw new TooSlow('too slow');
    return onThread(() => scaled(bytes, Math.max(1, Math.ceil(timeoutMs / 1000))));
  };
  try {
    return await Promise.race([inTurn(work), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @param seconds for each run of the decoder. */
async function scaled(bytes: Buffer, seconds: number): Promise<Picture> {
  // Loaded on the first picture: native, and no other tool needs it.
  const sharp = await import('sharp').then(
    (module) => module.default,
    () => undefined,
  );
  if (!sharp) return asItIs(bytes);
  const open = () => sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).timeout({ seconds });
  const { width = 0, height = 0, format, orientation = 1, space, depth } = await open().metadata();
  if (format === 'heif' && (width * height > MAX_AVIF_PIXELS || bytes.length > MAX_AVIF_BYTES))
    throw new TooSlow('too large to be decoded in time');
  const long = Math.max(width, height);
  const fits = long <= LONG_SIDE && bytes.length < MAX_BYTES;
  // A photo can lie on its side in the file.
  const isUpright = orientation <= 1;
  const isPhoto = format === 'jpeg';
  // Four inks or sixteen bits: not every reader takes them.
  const isPlain = (space === 'srgb' || space === 'b-w') && depth === 'uchar';
  if (fits && isUpright && isPlain && (format === 'png' || format === 'jpeg')) {
    // The head alone says nothing of the rest: a file that was cut off shows when it is decoded.
    await open().raw().toBuffer();
    return picture([{ data: bytes, type: format }], { width, height }, long);
  }
  if (!isUpright || long <= LONG_SIDE || long / Math.min(width, height) <= MAX_RATIO) {
    const { info, ...piece } = await shrunk(() => open().rotate(), MAX_BYTES, isPhoto);
    return picture([piece], info, long);
  }
  const count = Math.min(MAX_PIECES, Math.ceil(long / Math.min(width, height) / 2));
  const part = Math.ceil(long / count);
  const pieces = [];
  for (let from = 0; from < long; from += part) {
    const rest = Math.min(part, long - from);
    const area =
      height >= width
        ? { left: 0, top: from, width, height: rest }
        : { left: from, top: 0, width: rest, height };
    pieces.push(await shrunk(() => open().extract(area), MAX_BYTES / count, isPhoto));
  }
  return picture(pieces, pieces[0]!.info, part);
}

interface Piece {
  data: Buffer;
  type: 'png' | 'jpeg';
}

/** Photographs are not tried as PNG: it takes long and comes out large. */
async function shrunk(
  load: () => Sharp,
  maxBytes: number,
  isPhoto: boolean,
): Promise<Piece & { info: OutputInfo }> {
  const resized = (side: number) =>
    load()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
  if (!isPhoto) {
    const png = await resized(LONG_SIDE)
      .png({ palette: true, quality: 90, effort: 4 })
      .toBuffer({ resolveWithObject: true });
    if (png.data.length < maxBytes) return { ...png, type: 'png' };
  }
  for (const [side, quality] of [
    [LONG_SIDE, 80],
    [LONG_SIDE, 55],
    [1024, 55],
    [640, 40],
  ] as const) {
    const jpeg = await resized(side)
      .flatten({ background: '#ffffff' })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer({ resolveWithObject: true });
    if (jpeg.data.length < maxBytes) return { ...jpeg, type: 'jpeg' };
  }
  throw new Error('the picture does not get under a megabyte');
}

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Where the native library is missing (an MCPB bundle, a system it isn't built for): a PNG that needs no scaling. */
function asItIs(bytes: Buffer): Picture {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(PNG)) throw new Error('not a PNG');
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  if (Math.max(width, height) > LONG_SIDE || bytes.length >= MAX_BYTES)
    throw new Error('this installation can’t scale it down');
  return picture([{ data: bytes, type: 'png' }], { width, height }, Math.max(width, height));
}

/** @param long the long side that the pieces had before. */
function picture(
  pieces: Piece[],
  { width, height }: { width: number; height: number },
  long: number,
): Picture {
  return {
    pieces: pieces.map(({ data, type }) => ({ data: data.toString('base64'), mimeType: `image/${type}` })),
    width,
    height,
    factor: Math.max(width, height) / long,
  };
}
