import type { Board, Card } from '../data/board-data.ts';
import { type Frame, Page } from '../parts/layout.tsx';
import { More } from '../parts/more.tsx';
import { ProjectViews } from '../parts/project-views.tsx';
import { TicketList } from '../parts/ticket-list.tsx';

/** What a board leaves out: archived tickets, or drafts. */
export function HiddenTicketsPage(props: {
  frame: Frame;
  board: Board;
  which: 'archived' | 'drafts';
  cards: Card[];
  limit: number;
}) {
  const { frame, board, which, cards, limit } = props;
  const more = board[which] - cards.length;
  const title = which === 'archived' ? 'Archived' : 'Drafts';
  return (
    <Page frame={frame} title={`${title}, ${board.project.name}`} place={board.project.id} class="list-page">
      <div class="head" id="board-head" data-live>
        <h1>{board.project.name}</h1>
        <ProjectViews board={board} here={which} />
      </div>
      <TicketList
        cards={cards}
        empty={
          which === 'archived'
            ? 'No ticket of this project is archived.'
            : 'There are no drafts. A capture that nobody has filed yet shows up here.'
        }
      />
      {more > 0 && (
        <p class="more">
          <More path={`/projects/${board.project.id}/${which}?`} limit={limit}>
            {more} more
          </More>
        </p>
      )}
    </Page>
  );
}
