import type { ActivityEntry } from '../../queries/activity.ts';

/** One row of the history as the end of a sentence that began with who did it. */
export function activitySentence({ action, detail }: Pick<ActivityEntry, 'action' | 'detail'>): string {
  switch (action) {
    case 'create_ticket':
      return detail.column ? `created it in ${text(detail.column)}` : 'created it';
    case 'update_ticket':
      return `edited ${fieldsOf(detail.fields)}`;
    case 'move_ticket':
      return detail.from === detail.to && detail.to !== undefined
        ? `changed its place in ${text(detail.to)}`
        : `moved it from ${place(detail.from)} to ${place(detail.to)}`;
    case 'archive_ticket':
      return 'archived it';
    case 'restore_ticket':
      return detail.to === undefined ? 'restored it' : `restored it to ${text(detail.to)}`;
    case 'start_work':
      return detail.branch_name === undefined
        ? 'recorded a branch'
        : `recorded the branch ${text(detail.branch_name)}`;
    case 'assign':
      return `assigned ${nameOf(detail.user)}`;
    case 'unassign':
      return `unassigned ${nameOf(detail.user)}`;
    case 'add_comment':
      return 'commented';
    case 'set_limits':
      return `set the limits to ${detail.reads_per_minute} reads and ${detail.writes_per_minute} writes a minute`;
    case 'create_token':
      return `made the token ${text(detail.label)}`;
    case 'revoke_token':
      return `revoked the token ${text(detail.label)}${inThose(detail.companies)}`;
    default:
      return action.replaceAll('_', ' ');
  }
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : '—';
}

/** A column; nothing where the reader doesn't see its project. */
function place(column: unknown): string {
  return typeof column === 'string' ? text(column) : 'a project that you can’t see';
}

function inThose(companies: unknown): string {
  return companies === undefined ? '' : ' in the companies that they run';
}

function nameOf(user: unknown): string {
  return user === undefined ? 'somebody' : text((user as { name?: unknown }).name);
}

const fieldNames: Record<string, string> = {
  title: 'the title',
  description: 'the description',
  resolved: 'whether it is resolved',
  is_draft: 'whether it is a draft',
};

function fieldsOf(fields: unknown): string {
  const named = (Array.isArray(fields) ? fields : []).map(
    (field) => fieldNames[String(field)] ?? String(field),
  );
  return named.length > 0 ? named.join(' and ') : 'it';
}
