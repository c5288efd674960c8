import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawPictures } from '../../../../scripts/draw-pictures.ts';
import { pictureFile } from '../../../../src/sandbox/assets/picture-file.ts';
import type { Annotation } from '../../../../src/sandbox/model/capture.ts';
import { type PictureName, pictureSizes } from '../../../../src/sandbox/seed/draw/picture-sizes.ts';
import { scenes } from '../../../../src/sandbox/seed/draw/scenes/index.ts';
import { world } from '../../../../src/sandbox/seed/tickets/index.ts';

const folder = fileURLToPath(new URL('../../../../dist/pictures', import.meta.url));
const shot = world.tickets.flatMap(({ capture }) =>
  capture?.screenshot ? [{ ...capture, screenshot: capture.screenshot as PictureName }] : [],
);
const attached = world.tickets.flatMap(({ attachments = [] }) =>
  attachments.map(({ picture }) => picture as PictureName),
);

/** Width and height as the PNG's own header has them. */
async function sizeOf(name: string) {
  const bytes = await readFile(pictureFile(name)!);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: bytes.length };
}

/** The corners of what an annotation covers. */
function corners(annotation: Annotation): [number, number][] {
  switch (annotation.type) {
    case 'stroke':
      return annotation.points;
    case 'circle':
      return [[annotation.x, annotation.y]];
    case 'arrow':
      return [annotation.from, annotation.to];
    case 'text':
      return [[annotation.x, annotation.y]];
    case 'redaction':
      return [
        [annotation.x, annotation.y],
        [annotation.x + annotation.width, annotation.y + annotation.height],
      ];
  }
}

beforeAll(() => drawPictures(folder), 60_000);

describe('pictures', () => {
  test('every one that is drawn is used, once', () => {
    const used = [...shot.map(({ screenshot }) => screenshot), ...attached].sort();
    expect(used).toEqual(Object.keys(scenes).sort());
    expect(used.length).toBeGreaterThanOrEqual(12);
  });

  test.each(
    shot.map((capture) => [capture.screenshot, capture] as const),
  )('%s, raw and annotated, has the stated size', async (name, capture) => {
    const { width, height, scale } = pictureSizes[name];
    for (const file of [name, `${name}.annotated`])
      expect(await sizeOf(file)).toMatchObject({ width, height });
    expect(width).toBe(capture.viewport.width * scale);
    expect(height).toBeGreaterThanOrEqual(capture.viewport.height * scale);
  });

  test.each(attached)('%s, attached, has the stated size', async (name) => {
    const { width, height } = pictureSizes[name];
    expect(await sizeOf(name)).toMatchObject({ width, height });
  });

  test('annotations lie on their pictures, all five kinds among them', () => {
    for (const { screenshot, annotations } of shot) {
      const { width, height } = pictureSizes[screenshot];
      for (const [x, y] of annotations.flatMap(corners)) {
        expect(x >= 0 && x <= width && y >= 0 && y <= height, `${screenshot} ${x},${y}`).toBe(true);
      }
    }
    const kinds = shot.flatMap(({ annotations }) => annotations.map(({ type }) => type));
    expect(new Set(kinds)).toEqual(new Set(['stroke', 'circle', 'arrow', 'text', 'redaction']));
  });

  test('what is redacted can’t be read', async () => {
    for (const { screenshot, annotations } of shot) {
      for (const hidden of annotations) {
        if (hidden.type !== 'redaction') continue;
        const inside = {
          left: hidden.x + 3,
          top: hidden.y + 3,
          width: hidden.width - 6,
          height: hidden.height - 6,
        };
        const pixels = await sharp(pictureFile(`${screenshot}.annotated`)!)
          .extract(inside)
          .removeAlpha()
          .raw()
          .toBuffer();
        const first = pixels.toString('hex', 0, 3);
        expect(pixels.toString('hex').replaceAll(first, ''), screenshot).toBe('');
      }
    }
  });

  test('are small, but for the few that are large on purpose', async () => {
    const sizes = await Promise.all(
      shot.map(async ({ screenshot }) => ({ screenshot, ...(await sizeOf(screenshot)) })),
    );
    for (const { screenshot, width, height, bytes } of sizes) {
      expect(bytes, screenshot).toBeLessThan(width * height > 2_000_000 ? 110_000 : 40_000);
    }
  });

  test('are not drawn again when nothing has changed', async () => {
    const written = async () => {
      const names = (await readdir(folder)).sort();
      return Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).mtimeMs]));
    };
    const before = await written();
    const { files, bytes } = await drawPictures(folder);
    expect(await written()).toEqual(before);
    expect(files).toBe(shot.length * 2 + attached.length);
    expect(bytes).toBeLessThan(2_000_000);
  });

  test('are asked for by name alone', () => {
    expect(pictureFile('no-such-picture')).toBeUndefined();
    expect(pictureFile('../drawn')).toBeUndefined();
    expect(pictureFile('checkout')).toBe(join(folder, 'checkout.png'));
  });
});
