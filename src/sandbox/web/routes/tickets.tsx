import { readFile } from 'node:fs/promises';
import type { Actor } from '../../model/actor.ts';
import { ApiError } from '../../model/errors.ts';
import { findAsset } from '../../pictures/signed-url.ts';
import { type Json, parse } from '../../queries/json.ts';
import { requireTicket, type Ticket } from '../../queries/ticket.ts';
import { archiveTicket, restoreTicket } from '../../rules/archive.ts';
import { assign, unassign } from '../../rules/assign.ts';
import { addComment } from '../../rules/comment.ts';
import { moveTicket } from '../../rules/move.ts';
import { updateTicket } from '../../rules/tickets.ts';
import { countsOf, devtools, filterFrom } from '../data/devtools.ts';
import { ticketView } from '../data/page-data.ts';
import { TicketPage } from '../pages/ticket-page.tsx';
import { DevtoolsPanel } from '../parts/devtools-panel.tsx';
import { checked } from '../request/forms.ts';
import { show, type Web } from '../request/web.tsx';

const historyAPage = 30;

export function mountTickets(web: Web): void {
  const { db, pictures } = web.context;

  web.get('/tickets/:ticket', ({ c, person, frame }) => {
    const id = c.req.param('ticket')!;
    const { comments, history, ...query } = c.req.query();
    const view = ticketView(web.context, person, id, {
      allComments: comments === 'all',
      history: { limit: historyAPage, cursor: history },
    });
    const data = view.ticket.has_capture ? devtools(db, view.seq) : undefined;
    const panel = data && (
      <DevtoolsPanel ticketId={id} data={data} filter={filterFrom(query, countsOf(data))} />
    );
    return show(c, <TicketPage frame={frame} view={view} panel={panel} />);
  });

  web.get('/tickets/:ticket/pictures/:asset', async ({ c, person }) => {
    const { ticket } = requireTicket(db, person, c.req.param('ticket')!);
    const asset = findAsset(db, pictures, ticket.seq, c.req.param('asset')!);
    const file = pictures.file(asset.picture);
    if (!file) throw new ApiError('asset_not_found', 'This picture is not there.');
    return c.body(new Uint8Array(await readFile(file)), 200, {
      'Content-Type': 'image/png',
      'Cache-Control': 'private, max-age=300',
    });
  });

  web.get('/tickets/:ticket/network/:at/:which', ({ c, person }) => {
    const { ticket } = requireTicket(db, person, c.req.param('ticket')!);
    const entry = devtools(db, ticket.seq)?.network[Number(c.req.param('at'))];
    const body = c.req.param('which') === 'request' ? entry?.request_body : entry?.response_body;
    if (body === undefined) throw new ApiError('not_found', 'This request has no such body.');
    return c.text(body);
  });

  mountWrites(web);
}

/** What a person does to a ticket, by the last part of the address. */
const writes: Record<
  string,
  (web: Web, person: Actor, id: string, form: URLSearchParams) => Json<Ticket> | string
> = {
  comments: ({ context: { db } }, person, id, form) =>
    addComment(db, person, id, checked('comment', form).body),
  edit: ({ context: { db } }, person, id, form) => updateTicket(db, person, id, checked('edit', form)),
  move: ({ context: { db } }, person, id, form) => moveTicket(db, person, id, checked('move', form)),
  archive: ({ context: { db } }, person, id) => archiveTicket(db, person, id),
  restore: ({ context: { db } }, person, id) => restoreTicket(db, person, id),
  assignees: ({ context: { db } }, person, id, form) => {
    const { add, remove } = checked('assignment', form);
    return remove ? unassign(db, person, id, remove) : assign(db, person, id, add ?? '');
  },
};

function mountWrites(web: Web): void {
  const { db, changes } = web.context;
  for (const [name, write] of Object.entries(writes)) {
    web.post(`/tickets/:ticket/${name}`, ({ c, person, form }) => {
      const id = c.req.param('ticket')!;
      const written = db.write(() => write(web, person, id, form));
      changes.poke();
      if (form.get('back') !== 'board') return c.redirect(`/tickets/${encodeURIComponent(id)}`, 303);
      return c.redirect(`/projects/${encodeURIComponent(parse(written as Json<Ticket>).project_id)}`, 303);
    });
  }
}
