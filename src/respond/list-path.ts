/** Where in an answer a list stands, as one text. Names may hold dots; what separates them here is in none that is shown. */

const BEFORE_NAME = '\u0000';
export const ROOT = '';

/** @param name as it is shown. */
export function pathInside(outer: string, name: string): string {
  return outer + BEFORE_NAME + name;
}

/** The path for a name that our own code wrote, such as `capture.errors`: its dots lead into objects. */
export function pathOfOwn(dotted: string): string {
  return dotted.split('.').reduce(pathInside, ROOT);
}

export function namesOn(path: string): string[] {
  return path.split(BEFORE_NAME).slice(1);
}
