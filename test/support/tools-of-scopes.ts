/** Which tools a token's scopes permit: written out by hand from the user's page, independent of the code under test. */
import { SCOPES, type Scope } from '../../src/base/scopes.ts';

const READ = [
  'get_annotations',
  'get_capture_asset',
  'get_devtools',
  'get_ticket',
  'list_columns',
  'list_comments',
  'list_companies',
  'list_members',
  'list_projects',
  'list_tickets',
  'search_tickets',
];
const COMMENTS = ['add_comment'];
const WRITE = [
  'archive_ticket',
  'bulk_move_tickets',
  'create_ticket',
  'move_ticket',
  'restore_ticket',
  'start_work_on_ticket',
  'update_ticket',
];
const ASSIGN = ['assign_ticket', 'bulk_assign_tickets', 'bulk_unassign_tickets', 'unassign_ticket'];

/** All sixteen. */
export const SUBSETS: readonly (readonly Scope[])[] = Array.from({ length: 16 }, (_, bits) =>
  SCOPES.filter((_, at) => bits & (1 << at)),
);

export function toolsOf(scopes: readonly string[]): string[] {
  const has = (scope: string) => scopes.includes(scope);
  return [
    'whoami',
    ...(scopes.length > 0 ? READ : []),
    ...(has('comments') || has('tickets:write') ? COMMENTS : []),
    ...(has('tickets:write') ? WRITE : []),
    ...(has('tickets:assign') ? ASSIGN : []),
  ].sort();
}

export const READ_TOOLS: readonly string[] = toolsOf(['read']);
export const ALL_TOOLS: readonly string[] = toolsOf(SCOPES);
