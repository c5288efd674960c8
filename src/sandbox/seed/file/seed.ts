import { createHash, randomBytes } from 'node:crypto';
import { forgetRequests } from '../../auth/rate-limiter.ts';
import { hashToken } from '../../auth/token-hash.ts';
import type { Database } from '../../db/database.ts';
import { indexComment, indexTicket } from '../../db/search-index.ts';
import { makeSecrets } from '../../db/secrets.ts';
import type { Actor } from '../../model/actor.ts';
import { DEFAULT_LIMITS } from '../../model/default-limits.ts';
import { bottomRank } from '../../rules/rank-in-column.ts';
import { type Action, record } from '../../rules/record-activity.ts';
import type { SeedAuthor, SeedCapture, SeedProject, SeedTicket, World } from '../world/world.ts';

/**
 * Fills an empty file with a world; with `reset`, empties it before. One transaction, and what is there is looked up
 * inside it, so that of two processes that start on one new file, one fills it and the other finds it full.
 */
export function seed(db: Database, world: World, { reset }: { reset: boolean }): void {
  if (isSeeded(db) && !reset) return;
  db.write(() => {
    if (reset) empty(db);
    else if (isSeeded(db)) return;
    new Seeding(db, world, new Date()).run();
    // Those of an earlier file with the same name, too.
    forgetRequests(db);
  });
}

export function isSeeded(db: Database): boolean {
  return db.get("SELECT 1 FROM meta WHERE key = 'seeded_at'") !== undefined;
}

function empty(db: Database): void {
  db.run('PRAGMA defer_foreign_keys = ON');
  const tables = db.all<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'ticket_search%' AND name NOT LIKE 'sqlite_%'",
  );
  // Tickets before columns: a column that goes hands its tickets on.
  db.run('DELETE FROM tickets');
  for (const { name } of tables) db.run(`DELETE FROM ${name}`);
  db.run("INSERT INTO ticket_search (ticket_search) VALUES ('delete-all')");
}

/** One filling: turns minutes ago into times, and who wrote something into attributions and history rows. */
class Seeding {
  readonly #db: Database;
  readonly #world: World;
  readonly #now: number;
  readonly #names: Map<string, string>;
  /** Collected, because the history is read in the order of its rows. */
  readonly #history: { at: string; add: () => void }[] = [];

  constructor(db: Database, world: World, now: Date) {
    this.#db = db;
    this.#world = world;
    this.#now = now.getTime();
    this.#names = new Map(world.users.map(({ id, name }) => [id, name]));
  }

  run(): void {
    makeSecrets(this.#db);
    this.#addUsers();
    this.#addCompanies();
    for (const project of this.#world.projects) this.#addProject(project);
    this.#addTokens();
    for (const ticket of this.#world.tickets) this.#addTicket(ticket);
    this.#history.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const { add } of this.#history) add();
    this.#db.run("INSERT INTO meta (key, value) VALUES ('seeded_at', ?)", this.#time(0));
  }

  #addUsers(): void {
    for (const { id, name, email } of this.#world.users) {
      this.#db.run('INSERT INTO users (id, name, email) VALUES (?, ?, ?)', id, name, email);
    }
  }

  #addCompanies(): void {
    for (const { id, name, members, limits, readOnly } of this.#world.companies) {
      this.#db.run(
        'INSERT INTO companies (id, name, reads_per_minute, writes_per_minute, read_only) VALUES (?, ?, ?, ?, ?)',
        id,
        name,
        limits?.reads ?? DEFAULT_LIMITS.reads,
        limits?.writes ?? DEFAULT_LIMITS.writes,
        readOnly ? 1 : 0,
      );
      for (const { user, role } of members) {
        this.#db.run('INSERT INTO memberships (company_id, user_id, role) VALUES (?, ?, ?)', id, user, role);
      }
    }
  }

  #addProject({ id, company, name, urlPatterns, columns, members }: SeedProject): void {
    this.#db.run(
      'INSERT INTO projects (id, company_id, name, url_patterns, members_only) VALUES (?, ?, ?, ?, ?)',
      id,
      company,
      name,
      JSON.stringify(urlPatterns),
      members ? 1 : 0,
    );
    for (const user of members ?? []) {
      this.#db.run('INSERT INTO project_members (project_id, user_id) VALUES (?, ?)', id, user);
    }
    for (const [position, column] of columns.entries()) {
      this.#db.run(
        'INSERT INTO columns (id, project_id, name, position) VALUES (?, ?, ?, ?)',
        column.id,
        id,
        column.name,
        position,
      );
    }
  }

  #addTokens(): void {
    const insert = `INSERT INTO tokens (id, hash, label, user_id, scopes, companies, projects, created_at, revoked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const companyOf = new Map(this.#world.projects.map(({ id, company }) => [id, company]));
    // Lists are in the order in which tokens were made.
    for (const token of this.#world.earlierTokens ?? []) {
      this.#db.run(
        insert,
        token.id,
        randomBytes(32),
        token.label,
        token.user,
        JSON.stringify(token.scopes),
        null,
        null,
        this.#time(token.createdMinutesAgo),
        this.#time(token.revokedMinutesAgo),
      );
    }
    for (const { id, token, label, user, scopes, companies, projects } of this.#world.tokens) {
      const reach = companies ?? projects?.map((project) => companyOf.get(project)!);
      this.#db.run(
        insert,
        id,
        hashToken(token),
        label,
        user,
        JSON.stringify(scopes),
        reach ? JSON.stringify([...new Set(reach)]) : null,
        projects ? JSON.stringify(projects) : null,
        this.#time(0),
        null,
      );
    }
  }

  #addTicket(ticket: SeedTicket): void {
    const db = this.#db;
    const created = this.#time(ticket.minutesAgo);
    const archived = ticket.archivedMinutesAgo === undefined ? null : this.#time(ticket.archivedMinutesAgo);
    const comments = [...(ticket.comments ?? [])].sort((a, b) => b.minutesAgo - a.minutesAgo);
    const byAgent = [ticket.by, ...comments.map(({ by }) => by)].some(({ via }) => via === 'mcp');
    db.run(
      `INSERT INTO tickets (id, project_id, column_id, rank, title, archived_at, resolved, is_draft, comment_count,
         has_capture, has_ai_activity, source_url, branch_name, description,
         created_at, created_by, created_token_id, created_token_label, created_via,
         updated_at, updated_by, updated_token_id, updated_token_label, updated_via)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
         ?20, ?16, ?17, ?18, ?19)`,
      ticket.id,
      ticket.project,
      ticket.column,
      bottomRank(db, ticket.column),
      ticket.title,
      archived,
      ticket.resolved ? 1 : 0,
      ticket.draft ? 1 : 0,
      comments.length,
      ticket.capture ? 1 : 0,
      byAgent ? 1 : 0,
      ticket.sourceUrl ?? ticket.capture?.url ?? null,
      ticket.branch ?? null,
      ticket.description,
      created,
      ticket.by.user,
      ticket.by.token?.id ?? null,
      ticket.by.token?.label ?? null,
      ticket.by.via,
      archived ?? created,
    );
    const { seq } = db.get<{ seq: number }>('SELECT seq FROM tickets WHERE id = ?', ticket.id)!;
    this.#remember(created, ticket.by, 'create_ticket', ticket, { title: ticket.title });
    for (const user of ticket.assignees ?? []) {
      db.run('INSERT INTO assignees (ticket_seq, user_id) VALUES (?, ?)', seq, user);
    }
    for (const [index, comment] of comments.entries()) {
      const id = `cmt_${ticket.id.slice('t-'.length)}${String(index).padStart(4, '0')}`;
      const at = this.#time(comment.minutesAgo);
      db.run(
        `INSERT INTO comments (id, ticket_seq, body, created_at, created_by, created_token_id, created_token_label,
           created_via) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        seq,
        comment.body,
        at,
        comment.by.user,
        comment.by.token?.id ?? null,
        comment.by.token?.label ?? null,
        comment.by.via,
      );
      indexComment(db, seq, index + 1, comment.body);
      this.#remember(at, comment.by, 'add_comment', ticket, { comment_id: id });
    }
    if (archived) this.#remember(archived, ticket.by, 'archive_ticket', ticket, {});
    if (ticket.capture) this.#addCapture(seq, ticket, ticket.capture);
    for (const { id, name, picture } of ticket.attachments ?? []) {
      db.run(
        `INSERT INTO attachments (ticket_seq, id, name, content_type, picture) VALUES (?, ?, ?, 'image/png', ?)`,
        seq,
        id,
        name,
        picture,
      );
    }
    indexTicket(db, seq);
  }

  #addCapture(seq: number, ticket: SeedTicket, capture: SeedCapture): void {
    const capturedAt = new Date(this.#now - ticket.minutesAgo * 60_000);
    this.#db.run(
      `INSERT INTO captures (ticket_seq, id, captured_at, url, page_title, browser, viewport_width, viewport_height,
         picture, extension_version, page_load_state, health, annotations)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      `cap_${ticket.id.slice('t-'.length)}`,
      capturedAt.toISOString(),
      capture.url,
      capture.pageTitle,
      capture.browser,
      capture.viewport.width,
      capture.viewport.height,
      capture.screenshot ?? null,
      capture.extensionVersion,
      capture.pageLoadState,
      JSON.stringify(capture.health),
      JSON.stringify(capture.annotations),
    );
    const json = JSON.stringify(capture.devtools(capturedAt));
    const digest = createHash('sha1').update(json).digest('base64url');
    this.#db.run('INSERT INTO devtools (ticket_seq, digest, json) VALUES (?, ?, ?)', seq, digest, json);
  }

  #remember(
    at: string,
    by: SeedAuthor,
    action: Action,
    ticket: SeedTicket,
    detail: Record<string, unknown>,
  ): void {
    const actor: Actor = {
      user: { id: by.user, name: this.#names.get(by.user) ?? by.user },
      token: by.token ?? null,
      via: by.via,
      scopes: new Set(),
      companies: null,
      projects: null,
    };
    const add = () =>
      record(this.#db, actor, at, {
        action,
        ticket: { id: ticket.id, project_id: ticket.project },
        detail,
      });
    this.#history.push({ at, add });
  }

  #time(minutesAgo: number): string {
    return new Date(this.#now - minutesAgo * 60_000).toISOString();
  }
}
