import type { KindOfPicture } from './kind-of-picture.ts';

/** A picture as a model takes it. */
export interface Picture {
  /** One, or several where it is so long that as one nothing could be read in it: from the top, or from the left. */
  pieces: { /** base64 */ data: string; mimeType: string }[];
  /** Of each piece, in pixels, after scaling. */
  width: number;
  height: number;
  /** How much smaller it was made: 0.5 is half as wide. */
  factor: number;
}

/** A picture as it was sent. */
export interface Original {
  bytes: Uint8Array;
  kind: KindOfPicture;
}
