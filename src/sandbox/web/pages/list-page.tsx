import type { Board, Card } from '../model.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Byline } from '../parts/byline.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { Text } from '../parts/text.tsx';
import { Time } from '../parts/time.tsx';
import { whatHappened } from '../parts/what-happened.ts';

export function HiddenPage(props: {
  frame: Frame;
  board: Board;
  which: 'archived' | 'drafts';
  cards: Card[];
}) {
  const { frame, board, which, cards } = props;
  const path = `/projects/${board.project.id}`;
  const title = which === 'archived' ? 'Archived' : 'Drafts';
  return (
    <Page frame={frame} title={`${title}, ${board.project.name}`} place={board.project.id} class="list-page">
      <div class="head" id="board-head" data-live>
        <h1>{board.project.name}</h1>
        <nav class="tabs" aria-label="Views of this project">
          <a href={path}>
            Board <span class="count">{board.columns.reduce((sum, { count }) => sum + count, 0)}</span>
          </a>
          <a href={`${path}/archived`} aria-current={which === 'archived' ? 'page' : undefined}>
            Archived <span class="count">{board.archived}</span>
          </a>
          <a href={`${path}/drafts`} aria-current={which === 'drafts' ? 'page' : undefined}>
            Drafts <span class="count">{board.drafts}</span>
          </a>
        </nav>
      </div>
      <TicketList
        cards={cards}
        empty={
          which === 'archived'
            ? 'No ticket of this project is archived.'
            : 'There are no drafts. A capture that nobody has filed yet shows up here.'
        }
      />
    </Page>
  );
}

export function SearchPage({ frame, query, cards }: { frame: Frame; query: string; cards: Card[] }) {
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
          {cards.map(({ ticket, last }) => (
            <li id={ticket.id} class="row">
              <span class="id">{ticket.id}</span>
              <a href={`/tickets/${ticket.id}`} dir="auto">
                <Text>{ticket.title}</Text>
              </a>
              <span class="assignees">
                {ticket.assignees.map((user) => (
                  <>
                    <Avatar user={user} size="small" />
                    <span class="unheard">Assigned to {user.name}</span>
                  </>
                ))}
              </span>
              {last && (
                <p class="last">
                  <Byline by={last.by} /> <span class="last-what">{whatHappened(last)}</span>{' '}
                  <Time at={last.by.at} />
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
