/** What is installed to build this, and what ships, stands under licences that MIT can be given on with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  license?: string;
  dev?: boolean;
  link?: boolean;
}

/** libvips comes beside sharp as a library of its own (LGPL), fonts under OFL. */
const SHIPPED = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|LGPL-3\.0-or-later|MPL-2\.0|OFL-1\.1)$/;
/** Never in what ships: test/distribution says what does. */
const DEVELOPMENT = new RegExp(
  `${SHIPPED.source}|^(CC0-1\\.0|CC-BY-[34]\\.0|BlueOak-1\\.0\\.0|Python-2\\.0|PSF-2\\.0|Unlicense)$`,
);

const root = new URL('../../', import.meta.url);
const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** A package that names a file instead; what was read there: free to use, change and give on (Bitstream Vera). */
const READ: Record<string, string> = { 'node_modules/dejavu-fonts-ttf': 'MIT' };

function refused([path, { license, dev }]: [string, Locked]): string[] {
  const said = READ[path] ?? license ?? 'none';
  const allowed = dev ? DEVELOPMENT : SHIPPED;
  const parts = said.replaceAll(/[()]/g, '').split(/ AND /);
  const isFine = parts.every((part) => part.split(/ OR /).some((one) => allowed.test(one.trim())));
  return isFine ? [] : [`${path}: ${said}`];
}

test('every locked package', () => {
  const all = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
  expect(all.length).toBeGreaterThan(50);
  expect(all.flatMap(refused)).toEqual([]);
});
