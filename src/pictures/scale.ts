import type { Picture } from '../catalogue/define-tool.ts';

/** What models take without scaling it down again. */
const LONG_SIDE = 1568;
const MAX_BYTES = 1_000_000;
/** A picture can be small as a file and enormous in memory. */
const MAX_PIXELS = 100_000_000;

/**
 * Scales a picture so that its long side is at most 1568 px and its file under 1 MB. Screenshots stay PNG, where
 * text is sharpest, as long as they fit.
 */
export async function scale(bytes: Buffer): Promise<Picture> {
  // Loaded on the first picture: native, and no other tool needs it.
  const sharp = await import('sharp').then(
    (module) => module.default,
    () => undefined,
  );
  if (!sharp) return asItIs(bytes);
  const open = () => sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const { width = 0, height = 0, format, orientation = 1 } = await open().metadata();
  const long = Math.max(width, height);
  const fits = long <= LONG_SIDE && bytes.length < MAX_BYTES;
  // A photo can lie on its side in the file.
  const isUpright = orientation <= 1;
  if (fits && isUpright && (format === 'png' || format === 'jpeg')) {
    // The head alone says nothing of the rest: a file that was cut off shows when it is decoded.
    await open().raw().toBuffer();
    return picture(bytes, { width, height }, `image/${format}`, long);
  }
  const load = (side: number) =>
    open().rotate().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await load(LONG_SIDE)
    .png({ palette: true, quality: 90, effort: 4 })
    .toBuffer({ resolveWithObject: true });
  if (data.length < MAX_BYTES) return picture(data, info, 'image/png', long);
  for (const [side, quality] of [
    [LONG_SIDE, 80],
    [LONG_SIDE, 55],
    [1024, 55],
    [640, 40],
  ] as const) {
    const jpeg = await load(side)
      .flatten({ background: '#ffffff' })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer({ resolveWithObject: true });
    if (jpeg.data.length < MAX_BYTES) return picture(jpeg.data, jpeg.info, 'image/jpeg', long);
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
  return picture(bytes, { width, height }, 'image/png', Math.max(width, height));
}

function picture(
  data: Buffer,
  { width, height }: { width: number; height: number },
  mimeType: string,
  long: number,
): Picture {
  return { data: data.toString('base64'), mimeType, width, height, factor: Math.max(width, height) / long };
}
