/**
 * The order in which an object's names were written. An object of JavaScript has those that are numbers first, by
 * their size: where they are rows' ids, the rows' order would be lost. It is found again only where somebody asks.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { MAX_WHOLE_LENGTH, parseJson } from './parse-json.ts';

const A_NUMBER = /^\d+$/;

/** Numbers come first, so the first name tells whether there is one. */
export function hasNumberAsName(object: JsonObject): boolean {
  for (const name in object) return A_NUMBER.test(name);
  return false;
}

/** Every string, with the colon behind those that are names. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/gs;

/** The same with a mark before each name, so that none is a number. */
function parseMarked(text: string): unknown {
  const marked = text.replace(STRINGS, (string, colon?: string) => (colon ? `"#${string.slice(1)}` : string));
  return parseJson(marked);
}

/** Of what was put together from pieces (parse-large.ts). */
const kept = new WeakMap<object, string[]>();

/** Before more of an object's members are put into it: those that are there had no numbers, or are kept. */
export function keepOrder(object: JsonObject, more: JsonObject, written: string): void {
  const isMixed = hasNumberAsName(more);
  if (isMixed || kept.has(object)) keep(object, isMixed ? namesOf(parseMarked(written)) : Object.keys(more));
}

/** The same for a single one. */
export function keepName(object: JsonObject, name: string): void {
  if (A_NUMBER.test(name) || kept.has(object)) keep(object, [name]);
}

function keep(object: JsonObject, names: string[]): void {
  const before = kept.get(object);
  if (!before) kept.set(object, [...Object.keys(object), ...names]);
  else for (const name of names) before.push(name);
}

function namesOf(marked: unknown): string[] {
  return Object.keys(marked as JsonObject).map((name) => name.slice(1));
}

/** Objects of the same names. */
interface Alike {
  marked: JsonObject[];
  /** In which all of them have the names; undefined where they differ. */
  order: string[] | undefined;
  /** Where they differ: the orders by what the objects hold, as they stand in the text. */
  byContent?: Map<string, string[][]>;
}

/** Where an answer's text tells it. */
export class WrittenOrder {
  readonly #text: string;
  /** By their names in the order of an object. */
  #found: Map<string, Alike> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Asked once for each object, as they stand in the text. @returns undefined where it can't be told. */
  of(object: JsonObject): string[] | undefined {
    const names = Object.keys(object);
    if (names.length < 2 || this.#text === '' || !hasNumberAsName(object)) return names;
    const piecewise = kept.get(object);
    // Said twice, a name counts where it stood first.
    if (piecewise) return [...new Set(piecewise)];
    // What is parsed in pieces isn't parsed twice.
    if (this.#text.length > MAX_WHOLE_LENGTH) return undefined;
    this.#found ??= find(this.#text);
    const alike = this.#found.get(String(names));
    if (!alike || alike.order) return alike?.order;
    alike.byContent ??= byContent(alike.marked);
    const orders = alike.byContent.get(JSON.stringify(object));
    return orders && orders.length > 1 ? orders.shift() : orders?.[0];
  }
}

function find(text: string): Map<string, Alike> {
  const found = new Map<string, Alike>();
  const places: unknown[] = [];
  try {
    places.push(parseMarked(text));
  } catch {
    return found;
  }
  while (places.length > 0) {
    const place = places.pop();
    if (typeof place !== 'object' || place === null) continue;
    for (const inner of Object.values(place).reverse()) places.push(inner);
    if (!isJsonObject(place)) continue;
    const order = namesOf(place);
    if (!order.some((name) => A_NUMBER.test(name))) continue;
    // Their own order, as the object that was parsed without the marks has it.
    const names = String(Object.keys(Object.fromEntries(order.map((name) => [name, 0]))));
    const alike = found.get(names);
    if (!alike) found.set(names, { marked: [place], order });
    else {
      alike.marked.push(place);
      if (String(alike.order) !== String(order)) alike.order = undefined;
    }
  }
  return found;
}

function byContent(marked: readonly JsonObject[]): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const one of marked) {
    const content = JSON.stringify(unmarked(one));
    const orders = found.get(content);
    if (orders) orders.push(namesOf(one));
    else found.set(content, [namesOf(one)]);
  }
  return found;
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.slice(1), unmarked(inner)]));
}
