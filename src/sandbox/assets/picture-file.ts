import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
