import type { Board, Card } from '../data/page-data.ts';
import { AssigneeFaces, LastDone } from '../parts/card-parts.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { More } from '../parts/more.tsx';
import { ProjectViews } from '../parts/project-views.tsx';
import { Text } from '../parts/text.tsx';

export function HiddenPage(props: {
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

export function SearchPage(props: {
  frame: Frame;
  query: string;
  cards: Card[];
  more: boolean;
  limit: number;
}) {
  const { frame, query, cards, more, limit } = props;
  return (
    <Page frame={frame} title="Search" class="list-page">
      <div class="head">
        <h1>Search</h1>
      </div>
      <form class="search-form" action="/search">
        <label class="unheard" for="search-query">
          Words to look for
        </label>
        <input id="search-query" type="search" name="q" value={query} placeholder="Words, or is:archived" />
        <button type="submit" class="button primary">
          Search
        </button>
      </form>
      {query === '' ? (
        <p class="empty">
          Words in titles, descriptions and comments. is:archived brings archived tickets in.
        </p>
      ) : (
        <TicketList cards={cards} empty={`Nothing has all of these words: ${query}`} />
      )}
      {more && (
        <p class="more">
          <More path={`/search?q=${encodeURIComponent(query)}&`} limit={limit}>
            More
          </More>
        </p>
      )}
    </Page>
  );
}

function TicketList({ cards, empty }: { cards: Card[]; empty: string }) {
  return (
    <div id="list" data-live>
      {cards.length === 0 ? (
        <p class="empty">
          <Text>{empty}</Text>
        </p>
      ) : (
        <ol class="rows">
          {cards.map(({ ticket, last, place }) => (
            <li id={ticket.id} class="row">
              <span class="id">{ticket.id}</span>
              <a href={`/tickets/${ticket.id}`} dir="auto">
                <Text>{ticket.title}</Text>
              </a>
              {place && (
                <span class="place">
                  <Text>{place.project}</Text>
                  <Icon name="chevron" label="in" />
                  <Text>{ticket.status === 'archived' ? `${place.column}, archived` : place.column}</Text>
                </span>
              )}
              <AssigneeFaces assignees={ticket.assignees} />
              {last && <LastDone last={last} />}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
