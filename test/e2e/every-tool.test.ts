import { describe, expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { type DatabaseReader, openDatabase } from '../support/database.ts';
import { connect } from '../support/program.ts';
import { type CallResult, CLIENTS } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const SHOWN_AS = 'Jason (claude-code on macbook) · via MCP';
const BUG = 't-7Kq2Mx';
const OTHER = 't-3dGhZa';

type Args = Record<string, unknown>;
type Check = (result: CallResult, db: DatabaseReader) => void;
interface Step {
  tool: string;
  args: Args;
  check: Check;
}

const data = (result: CallResult) => result.structuredContent as Args;
const list = (result: CallResult, name = 'items') => data(result)[name] as Args[];
const ticket = (db: DatabaseReader, id: string) => db.one('SELECT * FROM tickets WHERE id = ?', id)!;
const assignees = (db: DatabaseReader, id: string) =>
  db
    .all('SELECT user_id FROM assignees a JOIN tickets t ON t.seq = a.ticket_seq WHERE t.id = ?', id)
    .map((row) => row.user_id);
const lastActivity = (db: DatabaseReader) => db.one('SELECT * FROM activity ORDER BY seq DESC LIMIT 1')!;

/** The last write stands in the database under the token, via MCP, and the answer says how people will read it. */
const attributed: Check = (result, db) => {
  expect(lastActivity(db)).toMatchObject({
    user_id: 'usr_jason',
    token_id: 'tkn_triage',
    token_label: 'claude-code on macbook',
    via: 'mcp',
  });
  expect(data(result).shown_as).toBe(SHOWN_AS);
  expect(result.content[0]!.text).toContain(SHOWN_AS);
};

const STEPS: Step[] = [
  {
    tool: 'whoami',
    args: {},
    check: (result) =>
      expect(data(result)).toMatchObject({
        label: 'claude-code on macbook',
        owner: { id: 'usr_jason' },
        withheld: [],
      }),
  },
  {
    tool: 'list_companies',
    args: {},
    check: (result) =>
      expect(data(result).companies).toEqual([
        { id: 'co_acme', name: 'Acme Studio', role: 'owner' },
        { id: 'co_globex', name: 'Globex', role: 'member' },
      ]),
  },
  {
    tool: 'list_projects',
    args: { company_id: 'Acme Studio' },
    check: (result) =>
      expect(list(result, 'projects').map(({ id }) => id)).toEqual(['proj_storefront', 'proj_console']),
  },
  {
    tool: 'list_columns',
    args: { project_id: 'proj_storefront' },
    check: (result) =>
      expect(list(result, 'columns').map(({ name }) => name)).toEqual([
        'To Do',
        'In Progress',
        'Response Required',
        'In Review',
        'Done',
      ]),
  },
  {
    tool: 'list_members',
    args: { project_id: 'proj_console' },
    check: (result) =>
      expect(
        list(result, 'members')
          .map(({ id }) => id)
          .sort(),
      ).toEqual(['usr_aoi', 'usr_jason', 'usr_priya', 'usr_tomasz']),
  },
  {
    tool: 'list_tickets',
    args: { project_id: 'proj_storefront', column_id: 'In Review' },
    check: (result, db) =>
      expect(list(result).map(({ id }) => id)).toEqual(
        db
          .all(
            `SELECT id FROM tickets WHERE column_id = 'col_store_review' AND archived_at IS NULL AND is_draft = 0
             ORDER BY rank, seq`,
          )
          .map(({ id }) => id),
      ),
  },
  {
    tool: 'search_tickets',
    args: { query: 'checkout is broken' },
    check: (result) => expect(list(result)[0]).toMatchObject({ id: BUG }),
  },
  {
    tool: 'get_ticket',
    args: { ticket_id: `https://app.toado.dev/tickets/${BUG}` },
    check: (result, db) => expect(data(result)).toMatchObject({ id: BUG, title: ticket(db, BUG).title }),
  },
  {
    tool: 'get_devtools',
    args: { ticket_id: BUG, panel: 'network', min_status: 400, query: 'checkout', bodies: true },
    check: (result) => expect(list(result)[0]!.response_body).toBeTruthy(),
  },
  {
    tool: 'get_annotations',
    args: { ticket_id: BUG },
    check: (result) => expect(list(result, 'annotations').length).toBeGreaterThan(0),
  },
  {
    tool: 'get_capture_asset',
    args: { ticket_id: BUG },
    check: (result) => {
      const image = result.content.find((block) => block.type === 'image')!;
      expect(Buffer.from(image.data!, 'base64').subarray(1, 4).toString()).toBe('PNG');
    },
  },
  {
    tool: 'list_comments',
    args: { ticket_id: BUG },
    check: (result, db) => expect(list(result).length).toBe(ticket(db, BUG).comment_count),
  },
  {
    tool: 'add_comment',
    args: { ticket_id: BUG, body: 'Looking into it.\nFound the request.' },
    check: (result, db) => {
      attributed(result, db);
      expect(db.one('SELECT * FROM comments ORDER BY seq DESC LIMIT 1')).toMatchObject({
        id: data(result).id,
        body: 'Looking into it.\nFound the request.',
        created_token_label: 'claude-code on macbook',
        created_via: 'mcp',
      });
    },
  },
  {
    tool: 'create_ticket',
    args: {
      project_id: 'Storefront',
      title: 'New',
      description: 'Text',
      source_url: 'https://shop.example/x',
    },
    check: (result, db) => {
      attributed(result, db);
      expect(ticket(db, String(data(result).id))).toMatchObject({
        title: 'New',
        description: 'Text',
        column_id: 'col_store_new',
        source_url: 'https://shop.example/x',
        created_token_id: 'tkn_triage',
      });
    },
  },
  {
    tool: 'update_ticket',
    args: { ticket_id: BUG, title: 'Checkout: "Pay now" spins for ever', resolved: true },
    check: (result, db) => {
      attributed(result, db);
      expect(ticket(db, BUG)).toMatchObject({ title: 'Checkout: "Pay now" spins for ever', resolved: 1 });
    },
  },
  {
    tool: 'move_ticket',
    args: { ticket_id: BUG, target_column_id: 'in progress', position: 0 },
    check: (result, db) => {
      attributed(result, db);
      const column = db.all(
        `SELECT id FROM tickets WHERE column_id = 'col_store_progress' ORDER BY rank, seq`,
      );
      expect(column[0]!.id).toBe(BUG);
    },
  },
  {
    tool: 'bulk_move_tickets',
    args: { ticket_ids: [BUG, OTHER], target_column_id: 'col_store_review' },
    check: (result, db) => {
      attributed(result, db);
      expect(data(result).results).toEqual([{ ok: true, tickets: 2, ticket_ids: [BUG, OTHER] }]);
      expect([BUG, OTHER].map((id) => ticket(db, id).column_id)).toEqual([
        'col_store_review',
        'col_store_review',
      ]);
    },
  },
  {
    tool: 'archive_ticket',
    args: { ticket_id: OTHER },
    check: (result, db) => {
      attributed(result, db);
      expect(ticket(db, OTHER).archived_at).toBeTruthy();
    },
  },
  {
    tool: 'restore_ticket',
    args: { ticket_id: OTHER },
    check: (result, db) => {
      attributed(result, db);
      expect(ticket(db, OTHER)).toMatchObject({ archived_at: null, column_id: 'col_store_review' });
    },
  },
  {
    tool: 'start_work_on_ticket',
    args: { ticket_ids: [BUG] },
    check: (result, db) => {
      attributed(result, db);
      expect(String(ticket(db, BUG).branch_name)).toMatch(/^t-7Kq2Mx-checkout/i);
    },
  },
  {
    tool: 'assign_ticket',
    args: { ticket_id: BUG, user_id: 'Tomasz Wieczorek' },
    check: (result, db) => {
      attributed(result, db);
      expect(assignees(db, BUG)).toContain('usr_tomasz');
    },
  },
  {
    tool: 'unassign_ticket',
    args: { ticket_id: BUG, user_id: 'usr_tomasz' },
    check: (result, db) => {
      attributed(result, db);
      expect(assignees(db, BUG)).not.toContain('usr_tomasz');
    },
  },
  {
    tool: 'bulk_assign_tickets',
    args: { ticket_ids: [BUG, OTHER], user_id: 'usr_aoi' },
    check: (result, db) => {
      attributed(result, db);
      expect(assignees(db, BUG)).toContain('usr_aoi');
      expect(assignees(db, OTHER)).toContain('usr_aoi');
    },
  },
  {
    tool: 'bulk_unassign_tickets',
    args: { ticket_ids: [BUG, OTHER], user_id: 'usr_aoi' },
    check: (result, db) => {
      attributed(result, db);
      expect([...assignees(db, BUG), ...assignees(db, OTHER)]).not.toContain('usr_aoi');
    },
  },
];

describe('every tool once, and what stands in the database afterwards', () => {
  test('the steps cover the whole catalogue', () => {
    expect([...new Set(STEPS.map(({ tool }) => tool))].sort()).toEqual(tools.map(({ name }) => name));
  });

  test.each(CLIENTS)('%s', async (kind) => {
    const toado = await startToado();
    const db = openDatabase(toado.db);
    const { call } = await connect(kind, { env: toado.env('triage'), sibling: true });
    for (const { tool, args, check } of STEPS) {
      const result = await call(tool, args);
      expect(result.isError, `${tool}: ${result.content[0]?.text}`).toBeFalsy();
      expect(result.structuredContent, tool).toBeTypeOf('object');
      check(result, db);
    }
  });
});
