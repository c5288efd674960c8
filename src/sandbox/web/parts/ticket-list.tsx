import type { Card } from '../data/board-data.ts';
import { AssigneeFaces, LastDone } from './card-parts.tsx';
import { Icon } from './icon.tsx';
import { Text } from './text.tsx';

export function TicketList({ cards, empty }: { cards: Card[]; empty: string }) {
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
