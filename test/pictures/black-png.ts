import { constants, crc32, deflateRawSync } from 'node:zlib';

/** What a pixel takes, and how a PNG's header says it: bits of a channel, kind of colour. */
const PIXELS = { bit: { bits: 1, header: [1, 0] }, rgb: { bits: 24, header: [8, 2] } } as const;

/** A whole square picture, small as a file: making it takes little, however large it is when it is decoded. */
export function blackPng(side: number, pixel: keyof typeof PIXELS): Buffer {
  const { bits, header } = PIXELS[pixel];
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  size.set(header, 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', deflatedZeros((Math.ceil((side * bits) / 8) + 1) * side)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const PIECE_BYTES = 1024 * 1024;

/** So many zeros as zlib has them: one piece many times, since hundreds of megabytes would take a second to deflate. */
function deflatedZeros(bytes: number): Buffer {
  const deflated = (length: number, finishFlush: number) =>
    deflateRawSync(Buffer.alloc(length), { level: 1, finishFlush });
  const piece = deflated(PIECE_BYTES, constants.Z_FULL_FLUSH);
  const pieces = Array.from({ length: Math.floor(bytes / PIECE_BYTES) }, () => piece);
  const check = Buffer.alloc(4);
  // Adler-32, of zeros.
  check.writeUInt16BE(bytes % 65_521, 0);
  check.writeUInt16BE(1, 2);
  return Buffer.concat([
    Buffer.from([0x78, 0x01]),
    ...pieces,
    deflated(bytes % PIECE_BYTES, constants.Z_FINISH),
    check,
  ]);
}
