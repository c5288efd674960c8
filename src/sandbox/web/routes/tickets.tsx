import { readFile } from 'node:fs/promises';
import { etagOf, isUnchanged } from '../../api/etag.ts';
import { findAsset } from '../../assets/signed-url.ts';
import type { Actor } from '../../model/actor.ts';
import { ApiError } from '../../model/errors.ts';
import { type Json, parse } from '../../queries/json.ts';
import { requireTicket, type Ticket, ticketJson } from '../../queries/ticket.ts';
import { archiveTicket, restoreTicket } from '../../rules/archive.ts';
import { assign, unassign } from '../../rules/assign.ts';
import { addComment } from '../../rules/comment.ts';
import { moveTicket } from '../../rules/move.ts';
import { updateTicket } from '../../rules/tickets.ts';
import { countsOf, devtools, filterFrom } from '../data/devtools.ts';
import { asSentBack, baseOf, type TextField } from '../data/edit-conflict.ts';
import { ticketView } from '../data/ticket-data.ts';
import { EditConflictPage } from '../pages/edit-conflict-page.tsx';
import { TicketPage } from '../pages/ticket-page.tsx';
import { DevtoolsPanel } from '../parts/devtools-panel.tsx';
import { checked } from '../request/forms.ts';
import { onceIfNamed } from '../request/once-per-form.ts';
import { type PageRouter, sendPage } from '../request/page-router.tsx';

const HISTORY_PER_PAGE = 30;

export function mountTickets(router: PageRouter): void {
  const { db, pictures } = router.context;

  router.get('/tickets/:ticket', ({ c, person, frame }) => {
    const id = c.req.param('ticket')!;
    const { comments, history, ...query } = c.req.query();
    const view = ticketView(router.context, person, id, {
      comments,
      history: { limit: HISTORY_PER_PAGE, cursor: history },
    });
    const data = view.ticket.has_capture ? devtools(db, view.seq) : undefined;
    const panel = data && (
      <DevtoolsPanel ticketId={id} data={data} filter={filterFrom(query, countsOf(data))} />
    );
    return sendPage(c, <TicketPage frame={frame} view={view} panel={panel} />);
  });

  router.get('/tickets/:ticket/pictures/:asset', async ({ c, person }) => {
    const { ticket } = requireTicket(db, person, c.req.param('ticket')!);
    const asset = findAsset(db, pictures, ticket.seq, c.req.param('asset')!);
    const file = pictures.file(asset.picture);
    if (!file) throw new ApiError('asset_not_found', 'This picture is not there.');
    const bytes = await readFile(file);
    const etag = etagOf(bytes);
    // Asked for anew each time: the browser may act as somebody who doesn't see the ticket by then.
    c.header('Cache-Control', 'private, no-cache');
    c.header('ETag', etag);
    if (isUnchanged(c.req.header('if-none-match'), etag)) return c.body(null, 304);
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/png' });
  });

  router.get('/tickets/:ticket/network/:at/:which', ({ c, person }) => {
    const { ticket } = requireTicket(db, person, c.req.param('ticket')!);
    const entry = devtools(db, ticket.seq)?.network[Number(c.req.param('at'))];
    const body = c.req.param('which') === 'request' ? entry?.request_body : entry?.response_body;
    if (body === undefined) throw new ApiError('not_found', 'This request has no such body.');
    return c.text(body);
  });

  mountEdit(router);
  mountWrites(router);
}

/** What a person does to a ticket, by the last part of the address. */
const writes: Record<
  string,
  (router: PageRouter, person: Actor, id: string, form: URLSearchParams) => Json<Ticket> | string
> = {
  comments: ({ context: { db } }, person, id, form) =>
    addComment(db, person, id, checked('comment', form).body),
  move: ({ context: { db } }, person, id, form) => moveTicket(db, person, id, checked('move', form)),
  archive: ({ context: { db } }, person, id) => archiveTicket(db, person, id),
  restore: ({ context: { db } }, person, id) => restoreTicket(db, person, id),
  assignees: ({ context: { db } }, person, id, form) => {
    const { add, remove } = checked('assignment', form);
    return remove ? unassign(db, person, id, remove) : assign(db, person, id, add ?? '');
  },
};

/** Saves what the person changed; where somebody else changed the same meanwhile, shows both and saves nothing. */
function mountEdit(router: PageRouter): void {
  const { db, changes } = router.context;
  router.post('/tickets/:ticket/edit', async ({ c, person, frame, form }) => {
    const id = c.req.param('ticket')!;
    const { title_base, description_base, ...edit } = checked('edit', form);
    const conflict = await db.writeWhenFree(() => {
      requireTicket(db, person, id);
      const ticket = parse(ticketJson(db, id));
      const title = mergeText('title', edit.title, title_base, ticket.title);
      const description = mergeText('description', edit.description, description_base, ticket.description);
      if (title === 'conflict' || description === 'conflict') {
        return {
          ticket,
          yours: {
            // What only they changed is kept beside what both did.
            title: title === 'unchanged' ? undefined : edit.title,
            description: description === 'unchanged' ? undefined : edit.description,
          },
        };
      }
      updateTicket(db, person, id, {
        ...edit,
        title: title === 'unchanged' ? undefined : edit.title,
        description: description === 'unchanged' ? undefined : edit.description,
      });
      return undefined;
    });
    changes.poke();
    if (conflict) return sendPage(c, <EditConflictPage frame={frame} {...conflict} />, 409);
    return c.redirect(`/tickets/${encodeURIComponent(id)}`, 303);
  });
}

/**
 * What a text in a form means, beside what it was filled with (its base) and what is there now. One that doesn't say
 * (a form of somebody's own) was written without knowing what is there now.
 */
function mergeText(
  field: TextField,
  sent: string | undefined,
  base: string | undefined,
  now: string,
): 'unchanged' | 'changed' | 'conflict' {
  if (sent === undefined || baseOf(field, sent) === base) return 'unchanged';
  if (asSentBack(field, sent) === asSentBack(field, now)) return 'unchanged';
  return baseOf(field, now) === base ? 'changed' : 'conflict';
}

function mountWrites(router: PageRouter): void {
  const { db, changes } = router.context;
  for (const [name, write] of Object.entries(writes)) {
    router.post(`/tickets/:ticket/${name}`, async ({ c, person, form }) => {
      const id = c.req.param('ticket')!;
      const written = await db.writeWhenFree(() =>
        onceIfNamed(db, person, form, c.req.path, () => write(router, person, id, form)),
      );
      changes.poke();
      if (written === undefined || form.get('back') !== 'board')
        return c.redirect(`/tickets/${encodeURIComponent(id)}`, 303);
      return c.redirect(`/projects/${encodeURIComponent(parse(written as Json<Ticket>).project_id)}`, 303);
    });
  }
}
