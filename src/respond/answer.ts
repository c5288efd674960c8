import type { Outcome } from '../base/failure.ts';

/** What a tool hands to `respond`: data, and the server's own words about it. */
export interface Answer {
  /** Goes out as text inside the fence, and for programs as `structuredContent`. Undefined and null fields are left out. */
  data: Record<string, unknown>;
  /**
   * Fields that the text leaves out, since the caller sent them, they stand in it already or no call needs them. By
   * name; dots lead inside, into every item of a list.
   */
  omitFromText?: readonly string[];
  /** How to get what had to be left out, by the list's name in `data` (dots lead inside). */
  lists?: Record<string, ListRest>;
  /** Where long texts start, for tools that take `text_from`; absent for those that don't. */
  textFrom?: number;
  /** The server's own words, outside the fence. Never anything that was written elsewhere. */
  notes?: string[];
  /** Nothing of what was asked for was done: the data says why. */
  failed?: { code: string; outcome: Outcome };
  /** What isn't text: a picture, a link to it. */
  content?: (ImageContent | ResourceLink)[];
}

export interface ListRest {
  /** How many there are in all, where that is known and more than are in `data`. */
  total?: number;
  /** How many come before the first of `data`'s, on earlier pages. */
  before?: number;
  /** The cursor that goes on after the first `shown` of this list's items; undefined where nothing comes after. */
  cursor?: (shown: number) => string | undefined;
  /** Toado said neither how to go on nor that this is the end. */
  endUnknown?: true | undefined;
  /** Many pages in a row were empty, each with a cursor for more: this is taken for the end. */
  endsEmpty?: true | undefined;
  /** Toado has more than this server reads of a list that comes whole; `total` are those that were read. */
  isCut?: true;
  /** The call that gets the rest, for lists without a cursor. */
  more?: string | undefined;
  /** It is never cut, since what it says is nowhere else: the same in ever fewer words, of which the first that fits is taken. */
  forms?: readonly (() => unknown[])[];
}

export interface ImageContent {
  type: 'image';
  /** base64 */
  data: string;
  mimeType: string;
}

export interface ResourceLink {
  type: 'resource_link';
  uri: string;
  name: string;
  mimeType?: string;
}
