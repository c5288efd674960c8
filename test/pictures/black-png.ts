import { crc32, deflateSync } from 'node:zlib';

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
  const rows = Buffer.alloc((Math.ceil((side * bits) / 8) + 1) * side);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
