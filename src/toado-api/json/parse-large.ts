/**
 * Parses a large answer in pieces, between which others have their turn: `JSON.parse` would hold the process for
 * seconds. It gets runs of whole members, so that only the larger objects and lists are put together here. What nobody
 * could show (fields, rows and levels beyond any that are meant) is not made at all; its place says so.
 */
import type { JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import type { Slices } from '../../base/time-slices.ts';
import { markCut } from './incomplete-lists.ts';
import { endOfString, parseJson } from './parse-json.ts';
import { keepName, keepOrder } from './written-order.ts';

const RUN = 64 * 1024;
/** More than any answer shows of one object, and each look at all of their names holds the process for long. */
const MAX_FIELDS = 5_000;
/** More rows than a recording of this size can have. */
const MAX_ITEMS = 1_000_000;
/** Fields that are read wherever they stand: they say whether it is what it seems. */
const KEPT = new Set([
  ...['id', 'ok', 'success', 'succeeded', 'error', 'errors', 'code', 'status', 'state', 'result', 'message'],
]);
/** No real data is nested deeper. */
const MAX_DEPTH = 500;

const BLANK = /^[ \t\n\r]*$/;
const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** An object or a list that is open at the moment; they are used again and again, one for each level. */
interface Frame {
  isObject: boolean;
  /** Where it begins. */
  from: number;
  /** Where the member begins that is being read. */
  memberFrom: number;
  commas: number;
  /** Made only where it has to be put together from pieces. */
  value: JsonObject | unknown[] | undefined;
  /** Where the members begin that are not in the value yet. */
  runFrom: number;
  /** The member that is being read has got its value. */
  isTaken: boolean;
  /** The name of the member that is being read, where its value is put together. */
  name: string;
}

interface Bounds {
  /** Of a list. */
  maxItems?: number | undefined;
  /** Of an object. */
  maxFields?: number | undefined;
  /** How many characters are parsed in one piece, where a single value is not longer. */
  maxRun?: number;
}

/** @throws SyntaxError */
export async function parseLarge(
  written: string,
  slices: Slices,
  { maxItems = MAX_ITEMS, maxFields = MAX_FIELDS, maxRun = RUN }: Bounds = {},
): Promise<unknown> {
  const text = written.charCodeAt(0) === 0xfeff ? written.slice(1) : written;
  /** The text as the only member of a list. */
  const frames: Frame[] = [newFrame()];
  start(frames[0]!, false, -1);
  let depth = 0;

  const isBlank = (from: number, to: number) => BLANK.test(text.slice(from, to));

  /** Puts the members from `runFrom` to `end` into the value. */
  const flush = (frame: Frame, end: number) => {
    const run = text.slice(frame.runFrom, end);
    if (BLANK.test(run)) throw new SyntaxError('a value is missing');
    if (frame.isObject) {
      const fields = parseJson(`{${run}}`) as JsonObject;
      keepOrder(frame.value as JsonObject, fields, `{${run}}`);
      for (const name in fields) setField(frame.value as JsonObject, name, fields[name]);
    } else {
      const list = frame.value as unknown[];
      for (const item of parseJson(`[${run}]`) as unknown[]) list.push(item);
    }
    frame.runFrom = end + 1;
  };

  /** From now on the value of the frame at `level` is put together from pieces, and with it those around it. */
  const build = (level: number) => {
    let at = level;
    while (at > 0 && !frames[at]!.value) at--;
    for (; at <= level; at++) {
      const frame = frames[at]!;
      frame.value ??= frame.isObject ? {} : [];
      if (at < level) detach(frame, frames[at + 1]!.from);
    }
  };

  /** What stands before the member that is being read is parsed, and of the member its name. */
  const detach = (frame: Frame, childFrom: number) => {
    if (frame.isTaken) throw new SyntaxError('a comma is missing');
    if (frame.memberFrom > frame.runFrom) flush(frame, frame.memberFrom - 1);
    if (frame.isObject) {
      const before = text.slice(frame.memberFrom, childFrom);
      [frame.name] = Object.keys(JSON.parse(`{${before}[]}`) as JsonObject) as [string];
    } else if (!isBlank(frame.memberFrom, childFrom)) throw new SyntaxError('a comma is missing');
    frame.isTaken = true;
  };

  const attach = (frame: Frame, value: unknown, end: number) => {
    if (frame.isObject) {
      keepName(frame.value as JsonObject, frame.name);
      setField(frame.value as JsonObject, frame.name, value);
    } else (frame.value as unknown[]).push(value);
    frame.runFrom = end;
  };

  const closed = (frame: Frame, at: number): unknown => {
    // Nothing may follow what was put in already but the end.
    if (frame.isTaken) {
      if (!isBlank(frame.runFrom, at)) throw new SyntaxError('a comma is missing');
    } else if (frame.commas > 0 || !isBlank(frame.runFrom, at)) flush(frame, at);
    return frame.value;
  };

  /**
   * Goes on to the end of the object or list that began at or before `from`.
   * @param keep gets the fields that are read all the same, as JSON.
   */
  const skip = async (
    from: number,
    keep?: (field: string) => void,
  ): Promise<{ end: number; commas: number }> => {
    let open = 1;
    let commas = 0;
    let look = from + RUN;
    let memberFrom = from;
    let isKept = false;
    const memberEnds = (at: number) => {
      if (isKept && at - memberFrom <= RUN) keep?.(text.slice(memberFrom, at));
      isKept = false;
      memberFrom = at + 1;
    };
    for (let at = from; at < text.length; at++) {
      if (at > look) {
        look = at + RUN;
        if (slices.due) await slices.pause();
      }
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        const end = endOfString(text, at);
        if (keep && open === 1 && !isKept && end - at < 12 && KEPT.has(text.slice(at + 1, end)))
          isKept = isBlank(memberFrom, at);
        at = end;
      } else if (code === COMMA) {
        if (open > 1) continue;
        commas++;
        memberEnds(at);
      } else if (code === OPEN_OBJECT || code === OPEN_LIST) open++;
      else if ((code === CLOSE_OBJECT || code === CLOSE_LIST) && --open === 0) {
        memberEnds(at);
        return { end: at, commas };
      }
    }
    throw new SyntaxError('the end is missing');
  };

  // Putting the text together, and a value that is the most of it, take their time, too.
  await slices.pause();
  let look = RUN;
  for (let at = 0; at < text.length; at++) {
    if (at > look) {
      look = at + RUN;
      if (slices.due) await slices.pause();
    }
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) {
      const frame = frames[depth]!;
      if (depth === 0) throw new SyntaxError('more than one value');
      const isFull = ++frame.commas >= (frame.isObject ? maxFields : maxItems);
      if (frame.isTaken) {
        if (!isBlank(frame.runFrom, at)) throw new SyntaxError('a comma is missing');
        frame.isTaken = false;
        frame.runFrom = at + 1;
      } else if (isFull || at - frame.runFrom > maxRun) {
        build(depth);
        flush(frame, at);
        if (slices.due) await slices.pause();
      }
      frame.memberFrom = at + 1;
      if (!isFull) continue;
      build(depth);
      const value = frame.value!;
      const keep = (field: string) => {
        const fields = parseJson(`{${field}}`) as JsonObject;
        for (const name in fields) (value as JsonObject)[name] = fields[name];
      };
      const { end, commas } = await skip(at + 1, frame.isObject ? keep : undefined);
      if (Array.isArray(value)) markCut(value).push(`… ${commas + 1} more, which were not read`);
      else value['…'] = `${commas + 1} more fields, which were not read`;
      frame.isTaken = true;
      frame.runFrom = end;
      at = end - 1;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (depth === MAX_DEPTH) {
        build(depth);
        detach(frames[depth]!, at);
        const { end } = await skip(at + 1);
        attach(frames[depth]!, '… nested too deep to be read', end + 1);
        at = end;
        continue;
      }
      if (++depth === frames.length) frames.push(newFrame());
      start(frames[depth]!, code === OPEN_OBJECT, at);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      const frame = frames[depth]!;
      if (depth === 0 || frame.isObject !== (code === CLOSE_OBJECT))
        throw new SyntaxError('it is not closed as it was opened');
      depth--;
      if (!frame.value) continue;
      attach(frames[depth]!, closed(frame, at), at + 1);
      frame.value = undefined;
    }
  }
  if (depth > 0) throw new SyntaxError('the end is missing');
  const root = frames[0]!;
  const whole = root.value ? (closed(root, text.length) as unknown[])[0] : parseJson(text);
  await slices.pause();
  return whole;
}

function newFrame(): Frame {
  return {
    ...{ isObject: false, from: 0, memberFrom: 0, commas: 0, value: undefined },
    ...{ runFrom: 0, isTaken: false, name: '' },
  };
}

function start(frame: Frame, isObject: boolean, from: number): void {
  frame.isObject = isObject;
  frame.from = from;
  frame.memberFrom = from + 1;
  frame.runFrom = from + 1;
  frame.commas = 0;
  frame.isTaken = false;
}
