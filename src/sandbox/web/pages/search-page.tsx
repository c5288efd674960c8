import type { Card } from '../data/board-data.ts';
import { type Frame, Page } from '../parts/layout.tsx';
import { More } from '../parts/more.tsx';
import { TicketList } from '../parts/ticket-list.tsx';

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
