import { MAX_LENGTH } from '../../rules/text-lengths.ts';
import type { Board, BoardColumn, Card } from '../data/board-data.ts';
import { AssigneeFaces, LastDone } from '../parts/card-parts.tsx';
import { DialogButtons } from '../parts/dialog-buttons.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { More } from '../parts/more.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { ProjectViews } from '../parts/project-views.tsx';
import { Text } from '../parts/text.tsx';

export function BoardPage({ frame, board, limit }: { frame: Frame; board: Board; limit: number }) {
  const { project, columns, access } = board;
  const mayWrite = access.role !== 'viewer' && !access.read_only;
  return (
    <Page frame={frame} title={project.name} place={project.id} class="board-page">
      <BoardHead project={project} board={board} mayWrite={mayWrite} />
      <p class="unheard" id="card-help">
        Press M to move this ticket, or Shift and an arrow key.
      </p>
      <div class="board" id="board" data-live data-may-move={mayWrite ? 'yes' : undefined}>
        {columns.map((column) => (
          <Column column={column} limit={limit} mayWrite={mayWrite} path={`/projects/${project.id}`} />
        ))}
        {columns.length === 0 && <p class="empty">This project has no columns.</p>}
      </div>
      {mayWrite && <NewTicket board={board} />}
      {mayWrite && <MoveDialog columns={columns} />}
    </Page>
  );
}

function BoardHead(props: { project: Board['project']; board: Board; mayWrite: boolean }) {
  const { project, board, mayWrite } = props;
  return (
    <div class="head" id="board-head" data-live>
      <h1>{project.name}</h1>
      <ProjectViews board={board} here="board" />
      {mayWrite ? (
        <button type="button" class="button primary" data-opens="new-ticket">
          <Icon name="plus" />
          New ticket
        </button>
      ) : (
        <p class="note">You can read here, not write.</p>
      )}
    </div>
  );
}

function Column(props: { column: BoardColumn; limit: number; mayWrite: boolean; path: string }) {
  const { column, limit, mayWrite, path } = props;
  const more = column.count - column.cards.length;
  return (
    <section class="column" id={column.id} data-column={column.id} aria-labelledby={`${column.id}-name`}>
      <h2 id={`${column.id}-name`}>
        <span>{column.name}</span> <span class="count">{column.count}</span>
      </h2>
      <ol class="cards" id={`${column.id}-cards`}>
        {column.cards.map((card) => (
          <BoardCard card={card} column={column.name} mayWrite={mayWrite} />
        ))}
        {column.cards.length === 0 && (
          <li class="empty" id={`${column.id}-empty`}>
            Nothing here
          </li>
        )}
        {more > 0 && (
          <li class="more" id={`${column.id}-more`}>
            <More path={`${path}?`} limit={limit}>
              {more} more
            </More>
          </li>
        )}
      </ol>
    </section>
  );
}

function BoardCard({
  card: { ticket, last },
  column,
  mayWrite,
}: {
  card: Card;
  column: string;
  mayWrite: boolean;
}) {
  return (
    <li
      class="card"
      id={ticket.id}
      data-ticket={ticket.id}
      data-title={ticket.title}
      data-column-name={column}
      draggable={mayWrite ? 'true' : undefined}
    >
      <a
        class="card-title"
        href={`/tickets/${ticket.id}`}
        dir="auto"
        draggable="false"
        aria-describedby="card-help"
      >
        <Text>{ticket.title}</Text>
      </a>
      <CardMarks ticket={ticket} />
      {last?.by.token && <LastDone last={last} />}
      {mayWrite && (
        <button type="button" class="card-move" data-moves={ticket.id} aria-label={`Move ${ticket.title}`}>
          <Icon name="move" />
        </button>
      )}
    </li>
  );
}

function CardMarks({ ticket }: { ticket: Card['ticket'] }) {
  return (
    <div class="marks">
      <span class="id">{ticket.id}</span>
      {ticket.resolved && (
        <span class="mark good">
          <Icon name="check" label="Resolved" />
        </span>
      )}
      {ticket.has_capture && (
        <span class="mark">
          <Icon name="camera" label="Has a capture" />
        </span>
      )}
      {ticket.branch_name && (
        <span class="mark" title={ticket.branch_name}>
          <Icon name="branch" label={`Branch ${ticket.branch_name}`} />
        </span>
      )}
      {ticket.comment_count > 0 && (
        <span class="mark">
          <Icon name="comment" label="Comments:" />
          {ticket.comment_count}
        </span>
      )}
      <AssigneeFaces assignees={ticket.assignees} />
    </div>
  );
}

function NewTicket({ board: { project, columns } }: { board: Board }) {
  return (
    <dialog id="new-ticket" class="dialog" aria-labelledby="new-ticket-title">
      <PostForm
        once
        action={`/projects/${project.id}/tickets`}
        data-enhance
        data-says="Created, at the end of its column."
      >
        <h2 id="new-ticket-title">New ticket</h2>
        <label>
          Title
          <input name="title" required maxlength={MAX_LENGTH.title} autocomplete="off" autofocus />
        </label>
        <label>
          Description
          <textarea name="description" rows={5} />
        </label>
        <label>
          Column
          <select name="column_id">
            {columns.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </label>
        <DialogButtons does="Create" />
      </PostForm>
    </dialog>
  );
}

/** One for all cards: the script says which ticket. */
function MoveDialog({ columns }: { columns: BoardColumn[] }) {
  return (
    <dialog id="move-ticket" class="dialog small" aria-labelledby="move-ticket-title">
      <PostForm action="/tickets/" data-enhance>
        <h2 id="move-ticket-title">Move ticket</h2>
        <p class="note" id="move-ticket-name" dir="auto" />
        <label>
          Column
          <select name="target_column_id" autofocus>
            {columns.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Place
          <select name="position">
            <option value="0">Top</option>
            <option value="" selected>
              Bottom
            </option>
          </select>
        </label>
        <input type="hidden" name="back" value="board" />
        <DialogButtons does="Move" />
      </PostForm>
    </dialog>
  );
}
