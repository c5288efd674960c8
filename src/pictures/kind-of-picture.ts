/** The kinds of pictures that are decoded at all. No drawing that is a program (SVG), nothing that is packed. */
export const KINDS = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const;
export type KindOfPicture = (typeof KINDS)[number];

/** What a picture is is told by its first bytes; what its host calls it says nothing. */
export function kindOfPicture(bytes: Buffer): KindOfPicture | undefined {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (/^GIF8[79]a$/.test(text(0, 6))) return 'gif';
  if (text(4, 8) === 'ftyp' && isAvif(bytes)) return 'avif';
  return undefined;
}

/** One of the brands of the file's first box: others use the same container. */
function isAvif(bytes: Buffer): boolean {
  const end = Math.min(bytes.length, bytes.length >= 4 ? bytes.readUInt32BE(0) : 0, 256);
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12 && /^avi[fs]$/.test(bytes.toString('latin1', at, at + 4))) return true;
  }
  return false;
}
