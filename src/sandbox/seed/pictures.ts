import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Every drawn picture and its size in image pixels. `scale`: image pixels to one pixel of the page. */
export const pictureSizes = {
  checkout: { width: 1440, height: 900, scale: 1 },
  'safari-cart': { width: 390, height: 844, scale: 1 },
  'double-charge': { width: 1440, height: 900, scale: 1 },
  'size-guide': { width: 1440, height: 900, scale: 1 },
  'modal-as-designed': { width: 1440, height: 900, scale: 1 },
  'german-labels': { width: 1440, height: 900, scale: 1 },
  'category-images': { width: 1280, height: 5200, scale: 1 },
  'currency-nan': { width: 1280, height: 800, scale: 1 },
  'arabic-steps': { width: 1280, height: 800, scale: 1 },
  'hostile-review': { width: 1280, height: 800, scale: 1 },
  'csv-umlauts': { width: 1440, height: 900, scale: 1 },
  'invoice-dates': { width: 1280, height: 960, scale: 1 },
  'session-spinner': { width: 1440, height: 900, scale: 1 },
  'dashboard-leak': { width: 1920, height: 1080, scale: 1 },
  'avatar-413': { width: 1440, height: 900, scale: 1 },
  'dark-contrast': { width: 2880, height: 1800, scale: 2 },
  'settings-light': { width: 1440, height: 900, scale: 1 },
  'cors-widgets': { width: 1440, height: 900, scale: 1 },
  'touch-drag': { width: 1180, height: 820, scale: 1 },
  'offline-photos': { width: 412, height: 915, scale: 1 },
  signature: { width: 412, height: 915, scale: 1 },
  'hebrew-card': { width: 412, height: 915, scale: 1 },
  'stale-worker': { width: 412, height: 915, scale: 1 },
  'map-tiles': { width: 1440, height: 900, scale: 1 },
  'dispatch-freeze': { width: 1920, height: 1080, scale: 1 },
} as const satisfies Record<string, { width: number; height: number; scale: 1 | 2 }>;

export type PictureName = keyof typeof pictureSizes;

/** Beside the running bundle (dist/main.js → dist/pictures), or in the repository's dist when run from sources. */
const places = ['./pictures/', '../../../dist/pictures/'];

/** The path of a drawn picture: `pictureFile('checkout')`, `pictureFile('checkout.annotated')`. */
export function pictureFile(name: string): string | undefined {
  if (!/^[a-z0-9-]+(\.annotated)?$/.test(name)) return undefined;
  for (const place of places) {
    const path = fileURLToPath(new URL(`${place}${name}.png`, import.meta.url));
    if (existsSync(path)) return path;
  }
  return undefined;
}
