import * as z from 'zod';
import type { Effect } from '../../base/effect.ts';
import type { Scope } from '../../base/scopes.ts';
import type { Slices } from '../../base/time-slices.ts';
import type { Original, Picture } from '../../pictures/picture.ts';
import type { Answer } from '../../respond/answer.ts';
import type { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import type { ToadoApi } from '../../toado-api/routes/calls.ts';
import type { Asset, Ticket } from '../../toado-api/schemas/index.ts';
import type { ViewContext } from '../../views/ticket.ts';
import type { SaveFile } from './as-file.ts';

/** Everything a tool may use while it runs. */
export interface ToolCall<Input> {
  input: Input;
  /** Bound to this call: its effect, its deadline, its cancellation. */
  api: ToadoApi;
  /** The API for looking at what became of a write: with the time that is kept for it. */
  confirmApi: () => ToadoApi;
  /** The API under another token, where the one the call began with was replaced meanwhile. */
  apiIfTokenReplaced: () => ToadoApi | undefined;
  signal: AbortSignal;
  /** For whatever is long: lets other calls through, and ends with this one. */
  slices: Slices;
  /** Tells a client that asked for it how far a long call has come. */
  progress: (done: number, total?: number, message?: string) => void;
  session: ToolSession;
  /** Downloads a presigned picture, without the token, and scales it for a model. */
  fetchPicture: (asset: Asset) => Promise<Picture>;
  /** The same picture as it is. */
  fetchOriginal: (asset: Asset) => Promise<Original>;
  /** Absent where no folder for files is named. */
  saveFile?: SaveFile;
}

/** What a tool may know of the session that it runs in. */
export interface ToolSession extends ViewContext {
  /** Whether that tool is offered, too: no answer advises a call that can't be made. */
  isOffered: (tool: string) => boolean;
  /** Who a write will be shown as, where the API's answer doesn't say; undefined while nobody knows. */
  shownAs?: string | undefined;
  /** The token's own id, to recognise what it wrote. */
  tokenId?: string | undefined;
  /** Asks Toado anew what the token may do, and says everything about it. */
  describe: (signal: AbortSignal) => Promise<Answer>;
}

/** What one look shows. */
export interface Confirmation {
  /** What it shows, in our own words. */
  seen: string;
  /** Where that is what was asked for. */
  answer?: Answer;
  /** It is not as asked, and certainly nobody has changed it since the call began: it may be sent again. */
  isUnchanged?: boolean;
  /** Rows that may be the call's own, or another call's: their ids and times. */
  rows?: string;
}

/** What is known of the request whose answer was lost. */
export interface SentWrite {
  /** Whether something is not older than the call; undefined where times can't be compared. */
  isSince: (at: string | null | undefined) => boolean | undefined;
  /** Whether a ticket that shows these times was certainly not changed since the call began, nor written by it. */
  isUntouched: (ticket: Pick<Ticket, 'updated' | 'updated_at'>) => boolean;
  /** Whether a row of that time was there long before the call, in whatever zone the time is told. */
  isDaysOld: (at: string) => boolean;
  /** Whether another call of this session has made that row. */
  isTaken: (id: string) => boolean;
  /** How many other calls of this session could have made what this one asked for. */
  others: (couldHaveMade: (input: unknown) => boolean) => number;
}

export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Toado's own name for it; people's allow-lists match it. */
  name: string;
  title: string;
  /** Absent only for whoami, which is always there. */
  scope?: Scope;
  /** One word that derives the annotations, which routes it can reach and what `--read-only` keeps. */
  effect: Effect;
  /** What a model reads in every conversation: short and exact. */
  description: string;
  input: Shape;
  /** What `as: "file"` gives: said in the list where a folder for files is named. */
  asFile?: string;
  /** Reads a call's arguments as `input` says; made once, by `defineTool`. */
  parser: z.ZodObject;
  /** The shape of `structuredContent`. */
  output: z.ZodObject;
  run: (call: ToolCall<z.infer<z.ZodObject<Shape>>>) => Promise<Answer>;
  /** The row as it is now, after Toado accepted the write without saying anything of it; the ticket by default. */
  row?: (
    call: ToolCall<z.infer<z.ZodObject<Shape>>>,
    accepted: Accepted,
    sent: SentWrite,
  ) => Promise<Answer | undefined>;
  /** Where a write was sent and no answer came: one look at what is there now (unconfirmed-writes/confirm-write.ts). */
  confirmWrite?: (
    call: ToolCall<z.infer<z.ZodObject<Shape>>>,
    sent: SentWrite,
  ) => Promise<Confirmation | undefined>;
}

export function defineTool<Shape extends z.ZodRawShape>(tool: Omit<Tool<Shape>, 'parser'>): Tool {
  return { ...tool, parser: z.object(tool.input) } as unknown as Tool;
}
