/** A ticket, in a list and whole. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import {
  count,
  flag,
  type Read,
  readIf,
  reference,
  scalar,
  text,
  time,
} from '../schema-kit/scalar-readers.ts';
import { list, objectSchema } from '../schema-kit/tolerant-schema.ts';
import { annotation, attachment, capture } from './capture.ts';
import { comment } from './comment.ts';
import { ID } from './common.ts';
import { devtools, panelsFromCapture } from './devtools.ts';
import { attribution, gatherAttribution, person } from './people.ts';

/** `active` or `archived`, in whatever case. */
const status = scalar<string>('string', (value, reading) => {
  const read = text(value, reading);
  if (read === 'active' || read === 'archived' || !/^(active|archived)$/i.test(read)) return read;
  reading.note('', 'in another case');
  return read.toLowerCase();
});

const summaryFields = {
  id: text,
  title: text,
  project_id: reference,
  column_id: reference,
  status,
  resolved: flag,
  is_draft: flag,
  assignees: list(person),
  comment_count: count,
  has_capture: flag,
  has_ai_activity: flag,
  source_url: text,
  branch_name: text,
  created_at: time,
  updated_at: time,
};
const summaryNames = {
  id: ['ticket_id', ...ID],
  title: ['name', 'subject'],
  project_id: ['project'],
  column_id: ['column'],
  status: ['state'],
  resolved: ['is_resolved'],
  is_draft: ['draft'],
  assignees: ['assignee_ids', 'assigned_to', 'assigned_users'],
  comment_count: ['comments_count', 'num_comments'],
  source_url: ['page_url'],
  branch_name: ['branch', 'git_branch'],
  created_at: ['created_on', 'created_time'],
  updated_at: ['updated_on', 'modified_at', 'updated_time'],
};

/** Where more than one may be assigned. */
const SEVERAL = ['assignee_ids', 'assigneeIds', 'assigned_to', 'assignedTo', 'assigned_users'];

/** What a ticket's other fields say of it, where they are spelled otherwise. */
function gatherSummary(data: JsonObject): void {
  if (data.status === undefined) {
    const archived = data.archived ?? data.is_archived ?? data.isArchived;
    const isArchived = archived === undefined ? undefined : readIf(flag, archived);
    const at = 'archived_at' in data ? data.archived_at : data.archivedAt;
    if (isArchived !== undefined) data.status = isArchived ? 'archived' : 'active';
    else if (at !== undefined && data.state === undefined) data.status = at === null ? 'active' : 'archived';
  }
  if (data.comment_count === undefined && Array.isArray(data.comments))
    data.comment_count = data.comments.length;
  const assignee = ['assignee', 'assignee_id', 'assigneeId'].find((name) => data[name] !== undefined);
  if (assignee && data.assignees === undefined && !SEVERAL.some((name) => data[name] !== undefined)) {
    data.assignees = data[assignee] === null ? [] : [data[assignee]];
    delete data[assignee];
  }
  if (isJsonObject(data.assignees) && person.countFields(data.assignees, 1) > 0)
    data.assignees = [data.assignees];
}

export const ticketSummary = objectSchema('ticket', summaryFields, {
  also: summaryNames,
  gather: gatherSummary,
});

export const ticket = objectSchema(
  'ticket',
  {
    ...summaryFields,
    description: text,
    created: attribution,
    updated: attribution,
    archived_at: time,
    capture,
    attachments: list(attachment),
    annotations: list(annotation),
    devtools,
    comments: list(comment),
  },
  {
    also: {
      ...summaryNames,
      description: ['body', 'text'],
      devtools: ['dev_tools'],
      archived_at: ['archived_on'],
    },
    gather: (data, reading) => {
      gatherSummary(data);
      gatherAttribution(data, 'created');
      gatherAttribution(data, 'updated');
      panelsFromCapture(data, reading);
    },
  },
);

export type TicketSummary = Read<typeof ticketSummary>;
export type Ticket = Read<typeof ticket>;
