/** Many calls against the built program over real HTTP, and what they leave behind in its process. */
import { readdirSync, readFileSync } from 'node:fs';

/** What is needed of a client. */
export interface Session {
  call(name: string, args: Record<string, unknown>): Promise<{ _meta?: Record<string, unknown> }>;
}

export interface Footprint {
  /** Resident memory in MB. */
  memory: number;
  /** Open file descriptors, sockets among them. */
  descriptors: number;
}

/** What the process holds now; undefined where the system doesn't tell (only Linux does). */
export function footprintOf(pid: number): Footprint | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      memory: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024),
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch {
    return undefined;
  }
}

const TICKET = 't-7Kq2Mx';

/** The nth call: reads of every size, and now and then a write or a mistake. */
function nth(n: number): [tool: string, args: Record<string, unknown>] {
  const kinds: [string, Record<string, unknown>][] = [
    ['list_companies', {}],
    ['list_tickets', { project_id: 'proj_storefront', limit: 20 }],
    ['get_ticket', { ticket_id: TICKET }],
    ['search_tickets', { query: `checkout ${n}` }],
    ['get_devtools', { ticket_id: TICKET, panel: 'network', min_status: 400 }],
    ['update_ticket', { ticket_id: TICKET, title: `Checkout is broken (${n % 7})` }],
    ['list_comments', { ticket_id: TICKET }],
    ['get_ticket', { ticket_id: 't-zzzzzz' }],
    ['list_members', { project_id: 'proj_console' }],
    [
      'move_ticket',
      { ticket_id: TICKET, target_column_id: n % 2 ? 'col_store_review' : 'col_store_progress' },
    ],
  ];
  return kinds[n % kinds.length]!;
}

/** @returns how many were answered as they should be. */
export async function callMany(client: Session, calls: number, atOnce: number): Promise<number> {
  let next = 0;
  let right = 0;
  const worker = async () => {
    while (next < calls) {
      const [tool, args] = nth(next++);
      const { _meta } = await client.call(tool, args);
      const code = (_meta?.['toado/error'] as { code?: string } | undefined)?.code;
      if (code === (args.ticket_id === 't-zzzzzz' ? 'ticket_not_found' : undefined)) right++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return right;
}
