import type { Context as HonoContext } from 'hono';
import { projectsFor } from '../../auth/access.ts';
import type { Actor } from '../../model/actor.ts';
import type { ActivityEntry } from '../../queries/activity.ts';
import { bylineText } from '../parts/byline.tsx';
import { whatHappened } from '../parts/what-happened.ts';
import { requireOwnFetch } from '../request/security.ts';
import type { Web } from '../request/web.tsx';

const beatMs = 15_000;
const mostUnread = 1000;

/** The stream of changes. */
export function mountEvents(web: Web): void {
  web.get('/events', ({ c, person }) => {
    requireOwnFetch(c);
    c.header('Content-Type', 'text/event-stream');
    return c.req.method === 'HEAD' ? c.body(null) : c.body(streamChanges(web, c, person));
  });
}

/**
 * Every change that the person may see, as server-sent events, from now on until they leave or the browser acts as
 * somebody else. Nothing is followed before somebody reads.
 */
function streamChanges(web: Web, c: HonoContext, person: Actor): ReadableStream<Uint8Array> {
  const { db, changes } = web.context;
  const encoder = new TextEncoder();
  let stop: (() => void) | undefined;
  return new ReadableStream(
    {
      pull(controller) {
        if (stop) return;
        const end = () => {
          stop?.();
          controller.close();
        };
        const send = (text: string) => {
          controller.enqueue(encoder.encode(text));
          // Somebody who doesn't read what is sent comes back later, and then asks for the page anew.
          if ((controller.desiredSize ?? 0) < -mostUnread) end();
        };
        // Says that the stream is open and for whom, and how soon to come back when it breaks.
        send(`retry: 1000\nevent: open\ndata: {}\n\n${personEvent(person.user.id)}`);
        const beat = setInterval(() => send(': still here\n\n'), beatMs);
        beat.unref();
        const unsubscribe = changes.subscribe((change) => {
          if (!concerns(change, new Set(projectsFor(db, person).map(({ id }) => id)))) return;
          send(`id: ${change.seq}\ndata: ${JSON.stringify(messageOf(change, person))}\n\n`);
        });
        const forget = web.sessions.onChoice(c, (userId) => {
          if (userId === person.user.id) return;
          send(personEvent(userId));
          end();
        });
        stop = () => {
          clearInterval(beat);
          unsubscribe();
          forget();
        };
      },
      cancel: () => stop?.(),
    },
    { highWaterMark: 0 },
  );
}

/** Whom the browser acts as: a page that shows somebody else follows at once. */
function personEvent(userId: string): string {
  return `event: person\ndata: ${JSON.stringify(userId)}\n\n`;
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
