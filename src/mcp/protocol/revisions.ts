/** The protocol's revisions that are spoken. A test compares both lists with the SDK's. */

/** Those with `initialize`, the newest first: what a client asks for if it is among them, otherwise the first. */
export const INITIALIZE_REVISIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'];
/** Those without: every request says its own, and `server/discover` lists these. */
export const DISCOVER_REVISIONS = ['2026-07-28'];
