/**
 * The shape of the sandbox's first data: plain typed data, inserted once into an empty database.
 * Times are given as minutes before the moment of seeding, so that a fresh sandbox always looks lived in.
 */
export type Role = 'owner' | 'admin' | 'member' | 'viewer';
export type Scope = 'read' | 'comments' | 'tickets:write' | 'tickets:assign';

export interface SeedUser {
  id: string;
  name: string;
  email: string;
}

export interface SeedCompany {
  id: string;
  name: string;
  members: { user: string; role: Role }[];
  /** Requests a minute and token; 600 and 60 where absent. */
  limits?: { reads: number; writes: number };
  /** Nobody can write anything in it. */
  readOnly?: boolean;
}

export interface SeedProject {
  id: string;
  company: string;
  name: string;
  urlPatterns: string[];
  /** Column ids and names, in board order. */
  columns: { id: string; name: string }[];
  /** Absent: everybody in the company sees the project. */
  members?: string[];
}

/** A ready-made token. Its text is public on purpose: it opens nothing but a sandbox on this machine. */
export interface SeedToken {
  id: string;
  /** What `--sandbox=<name>` takes. */
  name: string;
  /** The row of the user page's "Use case" table, or what else it shows. */
  useCase: string;
  token: string;
  label: string;
  user: string;
  scopes: Scope[];
  companies?: string[];
  projects?: string[];
}

/** A token that did work once and was revoked since: its label stays under what it wrote. */
export interface EarlierToken {
  id: string;
  label: string;
  user: string;
  scopes: Scope[];
  createdMinutesAgo: number;
  revokedMinutesAgo: number;
}

/** Who did it: a person in the web app, or a token (then `token` is a SeedToken id, or an earlier, revoked one's label). */
export interface SeedAuthor {
  user: string;
  token?: { id: string; label: string };
  via: 'web' | 'api' | 'mcp';
}

export interface SeedComment {
  by: SeedAuthor;
  minutesAgo: number;
  body: string;
}

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

/** In pixels of the screenshot. */
export type Annotation =
  | { type: 'stroke'; color: string; points: [number, number][]; width: number }
  | { type: 'circle'; color: string; x: number; y: number; rx: number; ry: number }
  | { type: 'arrow'; color: string; from: [number, number]; to: [number, number] }
  | { type: 'text'; color: string; x: number; y: number; text: string }
  | { type: 'redaction'; color: string; x: number; y: number; width: number; height: number };

export interface SeedCapture {
  url: string;
  pageTitle: string;
  browser: string;
  viewport: { width: number; height: number };
  pageLoadState: 'complete' | 'interactive' | 'loading';
  extensionVersion: string;
  /** What came back incomplete, so that nobody takes it for complete. */
  health: { section: string; state: 'partial' | 'empty'; reason: string }[];
  /** Name of a drawn screenshot (seed/draw); `<name>.png` and `<name>.annotated.png`. Absent: no picture was taken. */
  screenshot?: string;
  annotations: Annotation[];
  /** Given the moment of capture, what the page did; kept a function so that its times fit. */
  devtools: (capturedAt: Date) => Devtools;
}

export interface SeedTicket {
  /** `t-` and six of A-Za-z0-9, case-sensitive. */
  id: string;
  project: string;
  column: string;
  title: string;
  description: string;
  by: SeedAuthor;
  minutesAgo: number;
  resolved?: boolean;
  draft?: boolean;
  archivedMinutesAgo?: number;
  assignees?: string[];
  branch?: string;
  sourceUrl?: string;
  capture?: SeedCapture;
  /** Names of drawn pictures, attached by a person. */
  attachments?: { id: string; name: string; picture: string }[];
  comments?: SeedComment[];
}

export interface World {
  users: SeedUser[];
  companies: SeedCompany[];
  projects: SeedProject[];
  tokens: SeedToken[];
  /** Revoked before the sandbox began; nobody knows their text, so none is given. */
  earlierTokens?: EarlierToken[];
  /** In board order within a column. */
  tickets: SeedTicket[];
}
