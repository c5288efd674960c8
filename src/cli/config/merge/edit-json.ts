/** Changes of a JSON text in one place: no other character of it moves, comments beside what changes included. */
import * as jsonc from 'jsonc-parser';
import { insert, lineEndOf } from './common.ts';

/**
 * @param path keys, and for an item that is added to a list, its index: as many as the list has.
 * @param value undefined takes the name out.
 * @returns the whole text; the same where there was nothing to take out.
 */
export function editJson(text: string, path: jsonc.JSONPath, value: unknown): string {
  const root = jsonc.parseTree(text, [], { allowTrailingComma: true })!;
  const found = jsonc.findNodeAtLocation(root, path);
  if (value === undefined) return found ? withoutProperty(text, found.parent!) : text;
  if (found) {
    const { offset, length } = found;
    const old = text.slice(offset, offset + length);
    const isInline = isOneLine(text, root) || (/^[[{]\s*\S/.test(old) && !/[\r\n]/.test(old));
    const printed = isInline ? JSON.stringify(value) : printedAt(lineIndent(text, offset), value, text);
    return text.slice(0, offset) + printed + text.slice(offset + length);
  }
  return withMember(text, root, path, value);
}

function withMember(text: string, root: jsonc.Node, path: jsonc.JSONPath, value: unknown): string {
  const key = path.at(-1)!;
  const parent = jsonc.findNodeAtLocation(root, path.slice(0, -1));
  if (!parent) return editJson(text, path.slice(0, -1), { [key]: value });
  const close = parent.offset + parent.length - 1;
  const last = parent.children!.at(-1);
  const name = typeof key === 'string' ? `${JSON.stringify(key)}: ` : '';
  if (!last) {
    const indent = lineIndent(text, parent.offset);
    const inner = indent + unitOf(text);
    if (isOneLine(text, root)) return insert(text, close, name + JSON.stringify(value));
    // Behind comments, which may stand where the first would.
    const at = endOfContent(text, parent.offset + 1, close);
    const eol = lineEndOf(text);
    const rest = text.slice(at, close);
    const member = `${eol}${inner}${name}${printedAt(inner, value, text)}`;
    return `${text.slice(0, at)}${member}${/[\r\n]/.test(rest) ? rest : eol + indent}${text.slice(close)}`;
  }
  const end = last.offset + last.length;
  const { comma, behind, isLineEnd } = afterMember(text, end);
  // A comma at the end stays one.
  const [before, after] = comma === undefined ? [',', ''] : ['', ','];
  const indent = lineIndent(text, last.offset);
  const member = isLineEnd
    ? `${lineEndOf(text)}${indent}${name}${printedAt(indent, value, text)}`
    : ` ${name}${JSON.stringify(value)}`;
  return `${text.slice(0, end)}${before}${text.slice(end, behind)}${member}${after}${text.slice(behind)}`;
}

/** What follows a member in its line: a comma, and comments that are about it. */
function afterMember(text: string, end: number) {
  const scanner = jsonc.createScanner(text);
  scanner.setPosition(end);
  let comma: number | undefined;
  let behind = end;
  for (;;) {
    const token = scanner.scan();
    if (token === jsonc.SyntaxKind.CommaToken) comma = scanner.getTokenOffset();
    else if (token === jsonc.SyntaxKind.LineBreakTrivia) return { comma, behind, isLineEnd: true };
    else if (!isComment(token) && token !== jsonc.SyntaxKind.Trivia)
      return { comma, behind, isLineEnd: false };
    if (token !== jsonc.SyntaxKind.Trivia) behind = scanner.getPosition();
  }
}

function endOfContent(text: string, start: number, close: number): number {
  const scanner = jsonc.createScanner(text);
  scanner.setPosition(start);
  let end = start;
  while (scanner.getPosition() < close) if (isComment(scanner.scan())) end = scanner.getPosition();
  return end;
}

function isComment(token: jsonc.SyntaxKind): boolean {
  return token === jsonc.SyntaxKind.LineCommentTrivia || token === jsonc.SyntaxKind.BlockCommentTrivia;
}

/** Takes the comma with it that is no longer needed, and the line where nothing else stands in it. */
function withoutProperty(text: string, property: jsonc.Node): string {
  const siblings = property.parent!.children!;
  const previous = siblings[siblings.indexOf(property) - 1];
  const ownEnd = property.offset + property.length;
  const comma = commaAfter(text, ownEnd);
  let before = text.slice(0, property.offset);
  let behind = text.slice(comma === undefined ? ownEnd : comma + 1);
  if (comma === undefined && previous) {
    const last = commaAfter(text, previous.offset + previous.length)!;
    before = text.slice(0, last) + text.slice(last + 1, property.offset);
  }
  const rest = /^[ \t]*(\r\n|\n|\r)/.exec(behind);
  const line = rest && /(?<=[\r\n])[ \t]*$/.exec(before);
  if (line) before = before.slice(0, line.index);
  behind = behind.slice(line ? rest[0].length : /^[ \t]*/.exec(behind)![0].length);
  return before + behind;
}

/** Where the comma stands that follows, whatever stands between. */
function commaAfter(text: string, end: number): number | undefined {
  const scanner = jsonc.createScanner(text, true);
  scanner.setPosition(end);
  return scanner.scan() === jsonc.SyntaxKind.CommaToken ? scanner.getTokenOffset() : undefined;
}

function isOneLine(text: string, root: jsonc.Node): boolean {
  return root.children!.length > 0 && !/[\r\n]/.test(text.slice(root.offset, root.offset + root.length));
}

function printedAt(indent: string, value: unknown, text: string): string {
  return JSON.stringify(value, null, unitOf(text)).replaceAll('\n', lineEndOf(text) + indent);
}

function lineIndent(text: string, offset: number): string {
  const line = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))![0];
}

/** By how much a level is indented: as the first name that is. */
function unitOf(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
}
