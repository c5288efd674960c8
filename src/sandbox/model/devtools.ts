/** What a capture kept of the browser's developer tools, as the API sends it. Times are ISO 8601 UTC. */

export interface ConsoleEntry {
  level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  args: unknown[];
  /** ISO 8601 UTC */
  at: string;
  stack?: string;
}

export interface NetworkEntry {
  method: string;
  url: string;
  status: number;
  request_headers: Record<string, string>;
  response_headers: Record<string, string>;
  started_at: string;
  duration_ms: number;
  response_size: number;
  request_body?: string;
  response_body?: string;
}

export interface ErrorEntry {
  kind: 'error' | 'unhandledrejection';
  message: string;
  stack?: string;
  at: string;
}

export interface Performance {
  navigation: Record<string, number>;
  long_tasks: { start_ms: number; duration_ms: number; attribution?: string }[];
  lcp?: number;
  cls?: number;
  fid?: number;
}

export interface Devtools {
  console: ConsoleEntry[];
  network: NetworkEntry[];
  errors: ErrorEntry[];
  performance: Performance;
}
