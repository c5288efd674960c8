import type { Context } from '../../api/context.ts';
import { projectsFor } from '../../auth/access.ts';
import type { Actor } from '../../model/actor.ts';
import type { ActivityEntry } from '../../queries/activity.ts';
import { bylineText } from '../parts/byline.tsx';
import { whatHappened } from '../parts/what-happened.ts';
import { requireOwnFetch } from '../request/security.ts';
import type { Web } from '../request/web.tsx';

const beatMs = 15_000;

/** The stream of changes. */
export function mountEvents(web: Web): void {
  web.get('/events', ({ c, person }) => {
    requireOwnFetch(c);
    return c.body(streamChanges(web.context, person), 200, { 'Content-Type': 'text/event-stream' });
  });
}

/** Every change that the person may see, as server-sent events, from now on until they leave. */
function streamChanges({ db, changes }: Context, person: Actor): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      // Says that the stream is open, and how soon to come back when it breaks.
      send('retry: 1000\nevent: open\ndata: {}\n\n');
      const beat = setInterval(() => send(': still here\n\n'), beatMs);
      beat.unref();
      const unsubscribe = changes.subscribe((change) => {
        if (!concerns(change, new Set(projectsFor(db, person).map(({ id }) => id)))) return;
        send(`id: ${change.seq}\ndata: ${JSON.stringify(messageOf(change, person))}\n\n`);
      });
      stop = () => {
        clearInterval(beat);
        unsubscribe();
      };
    },
    cancel: () => stop(),
  });
}

/** What isn't about a ticket (a token that was made or revoked) concerns everybody. */
function concerns({ project_id, detail }: ActivityEntry, visible: Set<string>): boolean {
  return project_id === null || visible.has(project_id) || visible.has(String(detail.from_project_id));
}

/** What the script needs: what to mark, and what to say of it. */
function messageOf(change: ActivityEntry, person: Actor): Record<string, unknown> {
  return {
    ticket: change.ticket_id,
    title: change.ticket_title,
    project: change.project_id,
    action: change.action,
    by: bylineText(change.by),
    via: change.by.via,
    what: whatHappened(change),
    own: change.by.token === null && change.by.user.id === person.user.id,
    at: change.by.at,
  };
}
