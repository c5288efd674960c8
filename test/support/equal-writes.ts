/** Writes of equal content, at once and in turn, over one server or two, with answers lost: every claim against the API's own books. */
import type { LosingProxy } from './losing-proxy.ts';

interface Result {
  isError?: boolean;
  content: { text?: string }[];
  _meta?: Record<string, unknown>;
}

export interface Server {
  call: (name: string, args: Record<string, unknown>) => Promise<Result>;
  proxy: LosingProxy;
}

const TICKET = 't-vP4sTe';
const PROJECT = 'proj_storefront';

/** Asks the API itself. */
export type Books = (path: string) => Promise<{ items: Row[]; cursor?: string }>;
interface Row {
  id: string;
  title?: string;
  body?: string;
}

/** @param round which kind of writes, and how. @returns what is wrong. */
export async function equalWrites(
  servers: Server[],
  books: Books,
  round: number,
  /** Of several that share one API's books. */
  name = '',
): Promise<{ calls: number; wrong: string[] }> {
  const words = `Equal words of round ${round}${name && `, ${name}`}`;
  const isComment = round % 2 === 0;
  const tool = isComment ? 'add_comment' : 'create_ticket';
  const args = isComment ? { ticket_id: TICKET, body: words } : { project_id: PROJECT, title: words };
  const chance = [0.3, 0.8][(round >> 1) % 2]!;
  for (const { proxy } of servers) {
    proxy.made.clear();
    proxy.plan = () => (Math.random() < chance ? (Math.random() < 0.5 ? 'before' : 'after') : undefined);
  }
  const each = 1 + (round % 3);
  const answers = await Promise.all(
    servers.map(async (server) => {
      const results: Result[] = [];
      const one = async () => void results.push(await server.call(tool, args));
      if ((round >> 2) % 2) for (let call = 0; call < each; call++) await one();
      else await Promise.all(Array.from({ length: each }, one));
      return { server, results };
    }),
  );
  const path = isComment
    ? `/tickets/${TICKET}/comments?limit=100`
    : `/projects/${PROJECT}/tickets?status=all&limit=100&query=${encodeURIComponent(words)}`;
  const items: Row[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await books(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
    items.push(...page.items);
    cursor = page.cursor;
  }
  const rows = new Set(items.filter(({ title, body }) => (title ?? body) === words).map(({ id }) => id));
  const wrong: string[] = [];
  for (const { server, results } of answers) {
    const own = server.proxy.made;
    const certain: string[] = [];
    let notDone = 0;
    for (const { isError, content, _meta } of results) {
      const text = content.map((one) => one.text ?? '').join('\n');
      const { outcome } = (_meta?.['toado/error'] ?? {}) as { outcome?: string };
      if (isError) {
        if (outcome === 'not_sent' || outcome === 'rejected') notDone++;
        else if (outcome !== 'outcome_unknown') wrong.push(`${tool}: outcome ${outcome}`);
        continue;
      }
      const id = [...rows].find((row) => text.includes(row));
      if (!id) {
        wrong.push(`${tool}: claims a row that is not there: ${text}`);
        continue;
      }
      if (/another program/.test(text)) {
        if (servers.length === 1 && !own.has(id)) wrong.push(`${tool}: a row that nobody made this way`);
        if (/\b(Created|Posted)\./.test(text)) wrong.push(`${tool}: an act where only a state is known`);
      } else {
        if (!own.has(id)) wrong.push(`${tool}: another server’s row as its own`);
      }
      certain.push(id);
    }
    if (new Set(certain).size < certain.length) wrong.push(`${tool}: two calls of one server claim one row`);
    if (own.size > results.length - notDone)
      wrong.push(`${tool}: ${own.size} rows of ${results.length} calls`);
  }
  const made = new Set(servers.flatMap(({ proxy }) => [...proxy.made]));
  if (made.size !== rows.size) wrong.push(`${tool}: ${rows.size} rows, ${made.size} made`);
  for (const { proxy } of servers) proxy.plan = () => undefined;
  return { calls: servers.length * each, wrong: wrong.map((one) => `round ${round}: ${one}`) };
}
