/**
 * The schemas of the REST contract (§3), each described once: the contract's names, and behind `also` the other names
 * under which people's APIs say the same. Any field may be absent or null but those that are `needed`.
 */
import { annotation, asset, attachment, capture } from './capture.ts';
import { comment } from './comment.ts';
import { consoleEntry, devtools, errorEntry, networkEntry } from './devtools.ts';
import { attribution, person, tokenMade } from './people.ts';
import { column, company, member, project } from './projects.ts';
import { ticket } from './ticket.ts';
import { limits, tokenInfo } from './token-info.ts';
import { bulkError, bulkRow, startedWork } from './writes.ts';

export * from './capture.ts';
export * from './comment.ts';
export * from './devtools.ts';
export * from './people.ts';
export * from './projects.ts';
export * from './ticket.ts';
export * from './token-info.ts';
export * from './writes.ts';

/** Every schema by the name under which a map corrects its fields. */
export const schemasByName: Readonly<Record<string, { fields: Readonly<Record<string, unknown>> }>> =
  Object.fromEntries(
    [
      person,
      tokenMade,
      attribution,
      tokenInfo,
      limits,
      company,
      project,
      column,
      member,
      ticket,
      annotation,
      attachment,
      capture,
      devtools,
      consoleEntry,
      networkEntry,
      errorEntry,
      comment,
      asset,
      startedWork,
      bulkRow,
      bulkError,
    ].map((one) => [one.schemaName, one]),
  );
