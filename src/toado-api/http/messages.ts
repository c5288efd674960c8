/** A request to the API, and its answer, as they go over HTTP. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Changes nothing, so that an answer which doesn't come leaves nothing open. */
  isRead: boolean;
  token: string;
  /** Path and query below the base address, percent-encoded. */
  target: string;
  headers: Record<string, string>;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Asked where the answer turns out large: the rest of it is read then. */
  whenLarge?: () => Promise<void>;
  /** For the whole exchange, in milliseconds. */
  timeoutMs: number;
  /** Which attempt of a call this is, and when the call began (`performance.now()`): a timeout tells of the whole call. */
  attempt?: number;
  callBegan?: number;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** It broke off, or was not read to its end: this is what came. */
  isCut?: true;
}
