import type { Context as HonoContext } from 'hono';
import { visible } from '../../../base/visible.ts';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../model/actor.ts';
import { type ActivityEntry, type FoundEntry, seenBy, visibleProjects } from '../../queries/activity.ts';
import { companiesFor } from '../../queries/companies.ts';
import { seesToken } from '../../queries/token-list.ts';
import { activitySentence } from '../parts/activity-sentence.ts';
import { bylineText } from '../parts/byline.tsx';
import type { PageRouter } from '../request/page-router.tsx';
import { requireOwnFetch } from '../request/security.ts';

const HEARTBEAT_MS = 15_000;
const MAX_UNREAD = 1000;

/** The stream of changes. */
export function mountEvents(router: PageRouter): void {
  router.get('/events', ({ c, person }) => {
    requireOwnFetch(c);
    c.header('Content-Type', 'text/event-stream');
    return c.req.method === 'HEAD' ? c.body(null) : c.body(streamChanges(router, c, person));
  });
}

/**
 * Every change that the person may see, as server-sent events, from now on until they leave or the browser acts as
 * somebody else. Nothing is followed before somebody reads.
 */
function streamChanges(router: PageRouter, c: HonoContext, person: Actor): ReadableStream<Uint8Array> {
  const { db, changes } = router.context;
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
          if ((controller.desiredSize ?? 0) < -MAX_UNREAD) end();
        };
        // Says that the stream is open and for whom, and how soon to come back when it breaks.
        send(`retry: 1000\nevent: open\ndata: {}\n\n${personEvent(person.user.id)}`);
        const begun: (() => void)[] = [];
        stop = () => {
          for (const undo of begun.splice(0)) undo();
        };
        try {
          begun.push(
            changes.subscribe((change) => {
              const message = messageFor(db, person, change);
              if (message !== undefined) send(message);
            }),
          );
          begun.push(
            router.sessions.onChoice(c, (userId) => {
              if (userId === person.user.id) return;
              send(personEvent(userId));
              end();
            }),
          );
          const beat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS).unref();
          begun.push(() => clearInterval(beat));
        } catch (error) {
          // A file that can't be read just now: the browser asks again.
          stop();
          throw error;
        }
      },
      cancel: () => stop?.(),
    },
    { highWaterMark: 0 },
  );
}

/** What each person is told of a change: the same in all of their pages. */
const messages = new WeakMap<FoundEntry, Map<string, string | undefined>>();

function messageFor(db: Database, person: Actor, change: FoundEntry): string | undefined {
  const known = messages.get(change) ?? new Map<string, string | undefined>();
  messages.set(change, known);
  const { id } = person.user;
  if (!known.has(id)) {
    const visible = visibleProjects(db, person);
    const told = concerns(db, person, change, visible)
      ? messageOf(seenBy(change, visible), person)
      : undefined;
    known.set(id, told && `id: ${change.seq}\ndata: ${JSON.stringify(told)}\n\n`);
  }
  return known.get(id);
}

/** Whom the browser acts as: a page that shows somebody else follows at once. */
function personEvent(userId: string): string {
  return `event: person\ndata: ${JSON.stringify(userId)}\n\n`;
}

/** What was done in a project that the person sees, a ticket that left it included, or to a token that they see. */
function concerns(
  db: Database,
  person: Actor,
  { project_id, detail }: ActivityEntry,
  visible: Set<string>,
): boolean {
  if (typeof detail.company_id === 'string') {
    return companiesFor(db, person).some(({ id }) => id === detail.company_id);
  }
  if (project_id === null) return seesToken(db, person, String(detail.token_id));
  return visible.has(project_id) || visible.has(String(detail.from_project_id));
}

/** What the script needs: what to mark, and what to say of it. */
function messageOf(change: ActivityEntry, person: Actor): Record<string, unknown> {
  return {
    ticket: change.ticket_id,
    title: change.ticket_title === null ? null : visible(change.ticket_title),
    project: change.project_id,
    action: change.action,
    by: visible(bylineText(change.by)),
    via: change.by.via,
    what: visible(activitySentence(change)),
    own: change.by.token === null && change.by.user.id === person.user.id,
    at: change.by.at,
  };
}
