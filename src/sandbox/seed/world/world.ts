import type { Annotation } from '../../model/capture.ts';
import type { Devtools } from '../../model/devtools.ts';
import type { Role } from '../../model/role.ts';
import type { Scope } from '../../model/scopes.ts';

/**
 * The shape of the sandbox's first data: plain typed data, inserted once into an empty database.
 * Times are given as minutes before the moment of seeding, so that a fresh sandbox always looks lived in.
 */
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
  earlierTokens?: EarlierToken[] | undefined;
  /** In board order within a column. */
  tickets: SeedTicket[];
}
