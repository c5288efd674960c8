/** What kind of picture a file is, told by its first bytes alone; of AVIF, by the brands of its first box. */
import { expect, test } from 'vitest';
import { kindOfPicture } from '../../src/pictures/kind-of-picture.ts';

/** The first box of an ISO file, and what follows it. @param size as the box says it. */
function isoFile(major: string, minor: string, others: string[] = [], { size = 0, after = '' } = {}): Buffer {
  const brands = `ftyp${major}${minor}${others.join('')}`;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(size || 4 + brands.length);
  return Buffer.concat([head, Buffer.from(brands + after, 'latin1')]);
}

test.each<[what: string, file: Buffer, kind: string | undefined]>([
  ['the first brand', isoFile('avif', '\0\0\0\0'), 'avif'],
  ['another brand', isoFile('mif1', '\0\0\0\0', ['miaf', 'avis']), 'avif'],
  ['of other brands', isoFile('heic', '\0\0\0\0', ['mif1', 'heix']), undefined],
  ['a version that looks like one', isoFile('heic', 'avif', ['mif1']), undefined],
  ['behind the first box', isoFile('heic', '\0\0\0\0', [], { after: 'avif' }), undefined],
  ['a box that says more than there is', isoFile('mif1', '\0\0\0\0', ['avif'], { size: 2 ** 31 }), 'avif'],
  [
    'farther than anybody writes one',
    isoFile('heic', '\0\0\0\0', [...Array<string>(80).fill('mif1'), 'avif']),
    undefined,
  ],
  ['no box', Buffer.from('avif'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('AVIF: %s', (_, file, kind) => {
  expect(kindOfPicture(file)).toBe(kind);
});
