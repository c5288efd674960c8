import type { TicketView } from '../data/ticket-data.ts';
import { activitySentence } from './activity-sentence.ts';
import { Avatar } from './avatar.tsx';
import { Byline } from './byline.tsx';
import { Address } from './capture.tsx';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';
import { PostForm } from './post-form.tsx';
import { Text } from './text.tsx';
import { Time } from './time.tsx';

/** Where the ticket stands: column, people, branch. On a phone it comes first. */
export function TicketState({ view }: { view: TicketView }) {
  const { ticket } = view;
  return (
    <aside class="ticket-side ticket-state" id="ticket-state" data-live aria-label="State of the ticket">
      <section>
        <h2>Column</h2>
        <MoveForm view={view} />
      </section>
      <section>
        <h2>Assignees</h2>
        <Assignees view={view} />
      </section>
      <section>
        <h2>Branch</h2>
        {ticket.branch_name ? (
          <p class="branch">
            <Icon name="branch" />
            <code>
              <Text>{ticket.branch_name}</Text>
            </code>
            <CopyButton text={ticket.branch_name} what="branch name" />
          </p>
        ) : (
          <p class="note">None recorded. An agent names it with start_work_on_ticket.</p>
        )}
      </section>
    </aside>
  );
}

/** Where it came from, and everything that was done to it. */
export function TicketPast({ view }: { view: TicketView }) {
  const { ticket } = view;
  return (
    <aside class="ticket-side ticket-past" id="ticket-past" data-live aria-label="History of the ticket">
      {ticket.source_url && (
        <section>
          <h2>Page</h2>
          <p>
            <Address url={ticket.source_url} />
          </p>
        </section>
      )}
      <section>
        <h2>Filed</h2>
        <p>
          <Byline by={ticket.created} /> <Time at={ticket.created.at} />
        </p>
      </section>
      <History view={view} />
    </aside>
  );
}

function MoveForm({ view: { ticket, columns, mayWrite } }: { view: TicketView }) {
  if (!mayWrite) return <p>{columns.find(({ id }) => id === ticket.column_id)?.name ?? '—'}</p>;
  const projects = [...new Set(columns.map(({ project }) => project))];
  return (
    <PostForm action={`/tickets/${ticket.id}/move`} data-enhance class="inline">
      <label class="unheard" for="move-to">
        Column
      </label>
      <select id="move-to" name="target_column_id" data-submits>
        {projects.map((project) => (
          <optgroup label={project}>
            {columns
              .filter((column) => column.project === project)
              .map(({ id, name }) => (
                <option value={id} selected={id === ticket.column_id}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <button type="submit" class="button without-script">
        Move
      </button>
    </PostForm>
  );
}

function Assignees({ view: { ticket, members, mayWrite } }: { view: TicketView }) {
  const action = `/tickets/${ticket.id}/assignees`;
  const others = members.filter(({ id }) => !ticket.assignees.some((assignee) => assignee.id === id));
  return (
    <>
      {ticket.assignees.length === 0 && <p class="note">Nobody yet.</p>}
      <ul class="people">
        {ticket.assignees.map((user) => (
          <li id={`assignee-${user.id}`}>
            <Avatar user={user} size="small" />
            <span>{user.name}</span>
            {mayWrite && (
              <PostForm action={action} data-enhance>
                <input type="hidden" name="remove" value={user.id} />
                <button type="submit" class="button quiet" aria-label={`Unassign ${user.name}`}>
                  <Icon name="close" />
                </button>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && others.length > 0 && (
        <PostForm action={action} data-enhance class="inline">
          <label class="unheard" for="assign-to">
            Assign somebody
          </label>
          <select id="assign-to" name="add" data-submits>
            <option value="">Assign…</option>
            {others.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
          <button type="submit" class="button without-script">
            Assign
          </button>
        </PostForm>
      )}
    </>
  );
}

function History({ view: { ticket, history } }: { view: TicketView }) {
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <ol class="history" id="history">
        {history.items.map((entry) => (
          <li id={`write-${entry.seq}`} class={entry.by.via === 'mcp' ? 'by-mcp' : ''}>
            <Byline by={entry.by} />
            <span class="what">
              <Text>{activitySentence(entry)}</Text>
            </span>
            <Time at={entry.by.at} />
          </li>
        ))}
      </ol>
      {history.cursor && (
        <p class="more">
          <a href={`/tickets/${ticket.id}?history=${encodeURIComponent(history.cursor)}#history`}>Earlier</a>
        </p>
      )}
    </section>
  );
}
