/** Changes of a YAML text in one place: a document that is written anew loses its spacing and its ways of writing. */
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
} from 'yaml';
import { isJsonObject } from '../../../base/json-object.ts';
import { insert, lineEndOf } from './common.ts';

/**
 * @param path keys of mappings.
 * @param value undefined takes the name out.
 * @returns the whole text; undefined where the way in which it is written leaves no place for the change.
 */
export function editYaml(text: string, path: readonly string[], value: unknown): string | undefined {
  // That no key is there twice was seen before, and takes the square of their number.
  const document = parseDocument(text, { logLevel: 'error', uniqueKeys: false });
  const name = path.at(-1)!;
  const above = path.slice(0, -1);
  const parent: unknown = above.length === 0 ? document.contents : document.getIn(above, true);
  if (!isMap(parent) || (above.length > 0 && isEmpty(text, parent))) {
    const isNothing = !isNode(parent) || isMap(parent) || (isScalar(parent) && parent.value === null);
    if (!isNothing) return undefined;
    if (above.length > 0) return editYaml(text, above, { [name]: value });
    return atEnd(text, 0, linesOf(text, { [name]: value }, ''));
  }
  const pair = (parent.items as Pair[]).find(({ key }) => isScalar(key) && key.value === name);
  if (pair && value === undefined) return withoutPair(text, parent, pair);
  if (pair) return withValue(text, parent, pair, value);
  return value === undefined ? text : withPair(text, document, parent, { [name]: value });
}

/** `{}`, which is better written as a block then. */
function isEmpty(text: string, { range }: YAMLMap): boolean {
  return /^\{\s*\}$/.test(text.slice(range![0], range![1]));
}

function withPair(text: string, document: Document, map: YAMLMap, added: object): string | undefined {
  const last = map.items.at(-1) as Pair | undefined;
  const end = last ? endOf(last) : map.range![0] + 1;
  if (map.flow)
    return insert(text, end, last ? `, ${inFlow(added).slice(2, -2)}` : inFlow(added).slice(1, -1));
  const indent = indentOf(text, map.items[0] as Pair);
  if (indent === undefined) return undefined;
  const lines = linesOf(text, added, indent);
  if (map === document.contents) return atEnd(text, end, lines);
  return atLine(text, behindComments(text, lineEnd(text, end), indent.length), lines);
}

function withValue(text: string, map: YAMLMap, pair: Pair, value: unknown): string | undefined {
  const { key, value: old } = pair as Pair<Scalar>;
  const indent = map.flow ? undefined : indentOf(text, pair);
  const isBlock = isCollection(old) ? !old.flow : isScalar(old) && String(old.type).startsWith('BLOCK');
  if (isBlock) {
    if (indent === undefined) return undefined;
    const lines = linesOf(text, { [String(key.value)]: value }, indent);
    return text.slice(0, lineStart(text, key.range![0])) + lines + text.slice(lineEnd(text, endOf(pair)));
  }
  const colon = text.indexOf(':', key.range![1]) + 1;
  const [start, end] = isNode(old) && old.range![1] > old.range![0] ? old.range! : [colon, colon];
  const before = text.slice(0, start).trimEnd();
  if (map.flow || !isJsonObject(value)) return `${before} ${inFlow(value)}${text.slice(end)}`;
  if (indent === undefined) return undefined;
  const lines = linesOf(text, value, `${indent}  `);
  return atLine(before + text.slice(end), lineEnd(before + text.slice(end), before.length), lines);
}

function withoutPair(text: string, map: YAMLMap, pair: Pair): string | undefined {
  const pairs = map.items as Pair[];
  const index = pairs.indexOf(pair);
  if (map.flow) {
    const [previous, next] = [pairs[index - 1], pairs[index + 1]];
    const start = previous ? endOf(previous) : startOf(pair);
    return text.slice(0, start) + text.slice(previous || !next ? endOf(pair) : startOf(next));
  }
  if (indentOf(text, pair) === undefined) return undefined;
  return text.slice(0, lineStart(text, startOf(pair))) + text.slice(lineEnd(text, endOf(pair)));
}

function startOf({ key }: Pair): number {
  return (key as Scalar).range![0];
}

function endOf({ key, value }: Pair): number {
  return Math.max(endOfNode(key), endOfNode(value));
}

/** Of a block the end of its last item: its own range may reach into the line behind comments. */
function endOfNode(node: unknown): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1);
    return isPair(last) ? endOf(last) : endOfNode(last);
  }
  return isNode(node) ? node.range![1] : 0;
}

/** What stands before a key in its line; undefined where that is more than spaces. */
function indentOf(text: string, { key }: Pair): string | undefined {
  if (!isScalar(key)) return undefined;
  const before = text.slice(lineStart(text, key.range![0]), key.range![0]);
  return /^\uFEFF? *$/.test(before) ? before.replace('\uFEFF', '') : undefined;
}

function linesOf(text: string, value: object, indent: string): string {
  const lines = stringify(value, { lineWidth: 0 }).trimEnd().split('\n');
  return lines.map((line) => `${indent}${line}${lineEndOf(text)}`).join('');
}

/** In one line, for what is written between brackets. */
function inFlow(value: unknown): string {
  return stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trimEnd().slice(2, -2);
}

/** At the end of the document, which may end before the text does. */
function atEnd(text: string, content: number, lines: string): string {
  const end = /^\.\.\./m.exec(text.slice(content));
  return atLine(text, end ? content + end.index : text.length, lines);
}

function atLine(text: string, at: number, lines: string): string {
  const isNewLine = at === 0 || text[at - 1] === '\n';
  return insert(text, at, isNewLine ? lines : lineEndOf(text) + lines);
}

/** Comments that are indented further are about what stands before them. */
function behindComments(text: string, from: number, indent: number): number {
  const lines = /^([ \t]*(#.*)?\r?\n)*([ \t]*#.*$)?/.exec(text.slice(from))![0];
  const deeper = [...lines.matchAll(/^( *)#.*(\n|$)/gm)]
    .filter(([, spaces]) => spaces!.length > indent)
    .at(-1);
  return deeper ? from + deeper.index + deeper[0].length : from;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the line that ends with, or holds, what stands before the offset. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
