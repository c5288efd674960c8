import type { Ticket } from '../../queries/ticket.ts';
import { MAX_LENGTH } from '../../rules/text-lengths.ts';
import { asTextarea, baseOf } from '../data/edit-conflict.ts';
import { Byline } from '../parts/byline.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Prose, Text } from '../parts/text.tsx';
import { Time } from '../parts/time.tsx';

export interface TicketTexts {
  title?: string | undefined;
  description?: string | undefined;
}

/** Both texts, where somebody changed a ticket while it was being edited. Saving now replaces what is shown here. */
export function EditConflictPage({
  frame,
  ticket,
  yours,
}: {
  frame: Frame;
  ticket: Ticket;
  yours: TicketTexts;
}) {
  return (
    <Page
      frame={frame}
      title="Changed meanwhile"
      place={ticket.project_id}
      class="narrow-page"
      reloadAt={`/tickets/${ticket.id}`}
    >
      <div class="head" data-conflict>
        <p class="crumbs">
          <a href={`/tickets/${ticket.id}`}>{ticket.id}</a>
          <Icon name="chevron" />
        </p>
        <h1>Changed meanwhile</h1>
      </div>
      <p class="banner bad" role="alert">
        <Icon name="alert" />
        <span data-refusal>
          Somebody changed this ticket while you were editing it. Nothing of yours was saved yet: take over
          what you need, then save.
        </span>
      </p>
      <section class="panel" aria-labelledby="now-title">
        <h2 id="now-title">As it is now</h2>
        <p>
          <Byline by={ticket.updated} /> <Time at={ticket.updated.at} />
        </p>
        {yours.title !== undefined && (
          <p dir="auto">
            <strong>
              <Text>{ticket.title}</Text>
            </strong>
          </p>
        )}
        {yours.description !== undefined && <Prose text={ticket.description} />}
      </section>
      <PostForm action={`/tickets/${ticket.id}/edit`} class="panel edit-conflict">
        <h2>Yours</h2>
        {yours.title !== undefined && (
          <label>
            Title
            <input
              name="title"
              required
              maxlength={MAX_LENGTH.title}
              value={yours.title}
              autocomplete="off"
              dir="auto"
            />
            <input type="hidden" name="title_base" value={baseOf('title', ticket.title)} autocomplete="off" />
          </label>
        )}
        {yours.description !== undefined && (
          <label>
            Description
            <textarea name="description" rows={12} dir="auto">
              {asTextarea(yours.description)}
            </textarea>
            <input
              type="hidden"
              name="description_base"
              value={baseOf('description', ticket.description)}
              autocomplete="off"
            />
          </label>
        )}
        <p class="buttons">
          <a class="button" href={`/tickets/${ticket.id}`}>
            Leave it as it is now
          </a>
          <button type="submit" class="button primary">
            Save yours
          </button>
        </p>
      </PostForm>
    </Page>
  );
}
