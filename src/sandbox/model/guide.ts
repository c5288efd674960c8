import type { Scope } from './scopes.ts';

/**
 * What the program around the sandbox knows of AI clients and of its tools, for the pages: the sandbox itself knows
 * nothing of the server.
 */
export interface Guide {
  tools: readonly GuidedTool[];
  clients(connection: Connection): Promise<ClientGuide[]>;
}

export interface GuidedTool {
  name: string;
  title: string;
  /** Absent: every token has it. */
  scope?: Scope | undefined;
}

/** What a client is to be connected to. */
export interface Connection {
  apiUrl: string;
  /** The sandbox's file. */
  db: string;
  /** The name of a ready-made token; absent for one that a person has, which stands in no text of the guide. */
  ready?: string | undefined;
}

/** How one client is connected. */
export interface ClientGuide {
  name: string;
  title: string;
  /** Ways to do it, the usual one first; any one of them is enough. */
  parts: { says: string; text: string }[];
  /** Where the token goes; empty where none is needed. */
  token: string;
  /** How to see that it works. */
  check: string;
}
