import type { Child } from 'hono/jsx';
import { visibleInLine } from '../../../base/visible.ts';
import { MAX_LENGTH } from '../../rules/text-lengths.ts';
import { asTextarea, baseOf } from '../data/edit-conflict.ts';
import type { TicketView } from '../data/ticket-data.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Byline } from '../parts/byline.tsx';
import { CapturePart } from '../parts/capture.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { DialogButtons } from '../parts/dialog-buttons.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Prose, Text } from '../parts/text.tsx';
import { TicketPast, TicketState } from '../parts/ticket-side.tsx';
import { Time } from '../parts/time.tsx';

export function TicketPage(props: { frame: Frame; view: TicketView; panel: Child }) {
  const { frame, view, panel } = props;
  const { ticket, capture } = view;
  return (
    <Page frame={frame} title={ticket.title} place={ticket.project_id} class="ticket-page">
      <TicketHead view={view} origin={frame.origin} />
      <div class="ticket-columns">
        <div class="ticket-main">
          <section id="description" class="panel" data-live aria-labelledby="description-title">
            <h2 id="description-title" class="unheard">
              Description
            </h2>
            {ticket.description === '' ? (
              <p class="empty">No description.</p>
            ) : (
              <Prose text={ticket.description} />
            )}
            {view.attachments.length > 0 && <Attachments view={view} />}
          </section>
          {capture && <CapturePart view={view} capture={capture} />}
          {panel}
          <Comments view={view} />
        </div>
        <TicketState view={view} />
        <TicketPast view={view} />
      </div>
      {view.mayEdit && <EditDialog view={view} />}
    </Page>
  );
}

function TicketHead({ view, origin }: { view: TicketView; origin: string }) {
  const { ticket, project, mayWrite, mayEdit } = view;
  const archived = ticket.status === 'archived';
  const path = `/tickets/${ticket.id}`;
  return (
    <div class="head ticket-head" id="ticket-head" data-live>
      <p class="crumbs">
        <a href={`/projects/${ticket.project_id}`}>{project.name}</a>
        <Icon name="chevron" />
        <span class="id">{ticket.id}</span>
        {archived && <span class="badge">Archived</span>}
        {ticket.is_draft && <span class="badge">Draft</span>}
        {ticket.resolved && (
          <span class="badge good">
            <Icon name="check" /> Resolved
          </span>
        )}
      </p>
      <h1 dir="auto">
        <Text>{ticket.title}</Text>
      </h1>
      <div class="actions">
        <CopyButton text={forAgent(view, origin)} what="ticket for an agent" word="Copy for an agent" />
        {mayWrite && (
          <>
            {mayEdit && (
              <button type="button" class="button" data-opens="edit-ticket">
                <Icon name="pencil" />
                Edit
              </button>
            )}
            {mayEdit && (
              <PostForm action={`${path}/edit`} data-enhance>
                <input type="hidden" name="resolved" value={ticket.resolved ? 'no' : 'yes'} />
                <button type="submit" class="button">
                  <Icon name={ticket.resolved ? 'restore' : 'check'} />
                  {ticket.resolved ? 'Not resolved' : 'Resolve'}
                </button>
              </PostForm>
            )}
            {mayEdit && ticket.is_draft && (
              <PostForm action={`${path}/edit`} data-enhance>
                <input type="hidden" name="is_draft" value="no" />
                <button type="submit" class="button primary">
                  Publish
                </button>
              </PostForm>
            )}
            <PostForm action={`${path}/${archived ? 'restore' : 'archive'}`} data-enhance>
              <button type="submit" class="button">
                <Icon name={archived ? 'restore' : 'archive'} />
                {archived ? 'Restore' : 'Archive'}
              </button>
            </PostForm>
          </>
        )}
      </div>
    </div>
  );
}

/** What an agent needs to begin: which ticket, where, and how to read it. Its title is somebody's text, in one line. */
function forAgent({ ticket, project, columns }: TicketView, origin: string): string {
  const column = columns.find(({ id }) => id === ticket.column_id)?.name;
  const place = visibleInLine(column ? `${project.name}, ${column}` : project.name);
  return [
    `Toado ticket ${ticket.id} (${place}): "${visibleInLine(ticket.title)}"`,
    `${origin}/tickets/${ticket.id}`,
    `Read it with get_ticket ${ticket.id} before you change anything.`,
  ].join('\n');
}

function Attachments({ view: { ticket, attachments } }: { view: TicketView }) {
  return (
    <ul class="attachments">
      {attachments.map(({ id, name, width, height }) => (
        <li>
          <a href={`/tickets/${ticket.id}/pictures/${encodeURIComponent(id)}`} target="_blank" rel="noopener">
            <img
              src={`/tickets/${ticket.id}/pictures/${encodeURIComponent(id)}`}
              width={width}
              height={height}
              alt=""
              loading="lazy"
            />
            <span dir="auto">
              <Text>{name}</Text>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The page that shows a ticket's comments up to one of them. */
function commentsPath(ticketId: string, upTo: string | undefined, at = 'comments'): string {
  return `/tickets/${ticketId}?comments=${upTo}#${at}`;
}

function Comments({ view: { ticket, comments, mayWrite } }: { view: TicketView }) {
  return (
    <section class="panel" aria-labelledby="comments-title">
      <div id="comments" data-live>
        <h2 id="comments-title">
          Comments <span class="count">{ticket.comment_count}</span>
        </h2>
        {comments.items.length === 0 && <p class="empty">Nobody has said anything yet.</p>}
        {comments.earlier > 0 && (
          <p class="more">
            <a href={commentsPath(ticket.id, comments.before)}>{comments.earlier} earlier</a>
          </p>
        )}
        <ol class="comments">
          {comments.items.map(({ id, body, created, whole }) => (
            <li id={id} class={`comment ${created.via === 'mcp' ? 'comment-mcp' : ''}`}>
              <Avatar user={created.user} />
              <div>
                <p class="comment-head">
                  <Byline by={created} /> <Time at={created.at} />
                </p>
                <Prose text={body} />
                {whole !== undefined && (
                  <p class="more">
                    This is its beginning.{' '}
                    <a href={commentsPath(ticket.id, id, id)}>
                      Show all {whole.toLocaleString('en')} characters
                    </a>
                  </p>
                )}
              </div>
            </li>
          ))}
        </ol>
        {comments.isPast && (
          <p class="more">
            <a href={`/tickets/${ticket.id}#comments`}>The latest comments</a>
          </p>
        )}
      </div>
      {mayWrite && (
        <PostForm once class="comment-form" action={`/tickets/${ticket.id}/comments`} data-enhance="clear">
          <label for="comment-body" class="unheard">
            Your comment
          </label>
          <textarea
            id="comment-body"
            name="body"
            rows={3}
            required
            placeholder="Say something to whoever works on this, person or agent"
          />
          <button type="submit" class="button primary">
            Comment
          </button>
        </PostForm>
      )}
    </section>
  );
}

function EditDialog({ view: { ticket } }: { view: TicketView }) {
  return (
    <dialog id="edit-ticket" class="dialog" aria-labelledby="edit-ticket-title" data-live>
      <PostForm action={`/tickets/${ticket.id}/edit`} data-enhance>
        <h2 id="edit-ticket-title">Edit ticket</h2>
        <label>
          Title
          <input
            name="title"
            required
            maxlength={MAX_LENGTH.title}
            value={ticket.title}
            autocomplete="off"
            dir="auto"
          />
          <Base of="title" text={ticket.title} />
        </label>
        <label>
          Description
          <textarea name="description" rows={12} dir="auto">
            {asTextarea(ticket.description)}
          </textarea>
          <Base of="description" text={ticket.description} />
        </label>
        <DialogButtons does="Save" />
      </PostForm>
    </dialog>
  );
}

/** What a field was filled with; the script leaves it as it is while somebody is typing there. */
function Base({ of, text }: { of: 'title' | 'description'; text: string }) {
  return (
    <input type="hidden" name={`${of}_base`} data-base-of={of} value={baseOf(of, text)} autocomplete="off" />
  );
}
