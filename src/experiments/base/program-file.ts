/** Where this program's dist/main.js is: beside the bundle, or in dist/ when run from sources. */
import { fileURLToPath } from 'node:url';

export function programFile(): string {
  return fileURLToPath(besideBundle('main.js'));
}

export function besideBundle(name: string): URL {
  const fromSources = import.meta.url.endsWith('.ts');
  return new URL(fromSources ? `../../../dist/${name}` : `./${name}`, import.meta.url);
}
