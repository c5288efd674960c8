/**
 * The schema, as the steps that led to it: `PRAGMA user_version` counts those a file has had. Never change a step
 * that was released; add one.
 *
 * Ids are compared byte by byte (SQLite's default collation), so they are case-sensitive. Times are ISO 8601 UTC.
 * Who wrote a row is kept on the row: user, token id, token label and by which way.
 */
export const migrations = [
  `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL) STRICT;

CREATE TABLE companies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  reads_per_minute INTEGER NOT NULL DEFAULT 600 CHECK (reads_per_minute > 0),
  writes_per_minute INTEGER NOT NULL DEFAULT 60 CHECK (writes_per_minute > 0),
  read_only INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE memberships (
  company_id TEXT NOT NULL REFERENCES companies (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
  PRIMARY KEY (user_id, company_id)
) STRICT;
CREATE INDEX memberships_by_company ON memberships (company_id);

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  name TEXT NOT NULL,
  url_patterns TEXT NOT NULL,
  members_only INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX projects_by_company ON projects (company_id);

CREATE TABLE project_members (
  project_id TEXT NOT NULL REFERENCES projects (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  PRIMARY KEY (project_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE columns (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX columns_by_project ON columns (project_id, position, id);

-- description comes last: lists read the columns before it and never its overflow pages.
CREATE TABLE tickets (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_id TEXT NOT NULL REFERENCES projects (id),
  column_id TEXT NOT NULL,
  rank TEXT NOT NULL,
  title TEXT NOT NULL,
  archived_at TEXT,
  resolved INTEGER NOT NULL DEFAULT 0,
  is_draft INTEGER NOT NULL DEFAULT 0,
  comment_count INTEGER NOT NULL DEFAULT 0,
  has_capture INTEGER NOT NULL DEFAULT 0,
  has_ai_activity INTEGER NOT NULL DEFAULT 0,
  source_url TEXT,
  branch_name TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES users (id),
  created_token_id TEXT,
  created_token_label TEXT,
  created_via TEXT NOT NULL CHECK (created_via IN ('web', 'api', 'mcp')),
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES users (id),
  updated_token_id TEXT,
  updated_token_label TEXT,
  updated_via TEXT NOT NULL CHECK (updated_via IN ('web', 'api', 'mcp')),
  description TEXT NOT NULL
) STRICT;
CREATE INDEX tickets_in_column ON tickets (column_id, rank, seq);
CREATE INDEX tickets_on_board ON tickets (column_id, rank, seq) WHERE archived_at IS NULL AND is_draft = 0;
CREATE INDEX tickets_archived ON tickets (column_id, rank, seq) WHERE archived_at IS NOT NULL AND is_draft = 0;

-- A column that goes hands its tickets, the archived ones too, to the project's first one, below what is there:
-- ranks given in a column begin with a 4 or a 5.
CREATE TRIGGER column_goes BEFORE DELETE ON columns BEGIN
  UPDATE tickets SET
    column_id = (
      SELECT id FROM columns WHERE project_id = OLD.project_id AND id <> OLD.id ORDER BY position LIMIT 1
    ),
    rank = '9' || substr(rank, 2)
  WHERE column_id = OLD.id;
END;

CREATE TABLE assignees (
  seq INTEGER PRIMARY KEY,
  ticket_seq INTEGER NOT NULL REFERENCES tickets (seq) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id),
  UNIQUE (ticket_seq, user_id)
) STRICT;

CREATE TABLE comments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  ticket_seq INTEGER NOT NULL REFERENCES tickets (seq) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES users (id),
  created_token_id TEXT,
  created_token_label TEXT,
  created_via TEXT NOT NULL CHECK (created_via IN ('web', 'api', 'mcp')),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX comments_by_ticket ON comments (ticket_seq, seq);

CREATE TABLE captures (
  ticket_seq INTEGER PRIMARY KEY REFERENCES tickets (seq) ON DELETE CASCADE,
  id TEXT NOT NULL UNIQUE,
  captured_at TEXT NOT NULL,
  url TEXT NOT NULL,
  page_title TEXT NOT NULL,
  browser TEXT NOT NULL,
  viewport_width INTEGER NOT NULL,
  viewport_height INTEGER NOT NULL,
  picture TEXT,
  extension_version TEXT NOT NULL,
  page_load_state TEXT NOT NULL,
  health TEXT NOT NULL,
  annotations TEXT NOT NULL
) STRICT;

-- Megabytes on a busy page, so kept apart, as the JSON that is sent.
CREATE TABLE devtools (
  ticket_seq INTEGER PRIMARY KEY REFERENCES tickets (seq) ON DELETE CASCADE,
  digest TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE attachments (
  ticket_seq INTEGER NOT NULL REFERENCES tickets (seq) ON DELETE CASCADE,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  picture TEXT NOT NULL,
  PRIMARY KEY (ticket_seq, id)
) STRICT;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  label TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  scopes TEXT NOT NULL,
  companies TEXT,
  projects TEXT,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  revoked_at TEXT
) STRICT;

-- A token with its owner's name and its limits: the smallest that any company within its reach allows.
CREATE VIEW token_holders AS
SELECT t.*, u.name AS user_name,
  coalesce((
    SELECT min(c.reads_per_minute) FROM memberships m JOIN companies c ON c.id = m.company_id
    WHERE m.user_id = t.user_id
      AND (t.companies IS NULL OR m.company_id IN (SELECT value FROM json_each(t.companies)))
  ), 600) AS reads_per_minute,
  coalesce((
    SELECT min(c.writes_per_minute) FROM memberships m JOIN companies c ON c.id = m.company_id
    WHERE m.user_id = t.user_id
      AND (t.companies IS NULL OR m.company_id IN (SELECT value FROM json_each(t.companies)))
  ), 60) AS writes_per_minute
FROM tokens t JOIN users u ON u.id = t.user_id;

-- How many requests a token may still make; at is in milliseconds since 1970.
CREATE TABLE budgets (
  token_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('read', 'write')),
  level REAL NOT NULL,
  at REAL NOT NULL,
  granted INTEGER NOT NULL,
  PRIMARY KEY (token_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
  token_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request BLOB NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (token_id, key)
) STRICT;
CREATE INDEX outcomes_by_age ON outcomes (at);

-- One row for each write. AUTOINCREMENT: a number is never used again, not even after --reset, so that whoever
-- follows the rows misses none.
CREATE TABLE activity (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  user_id TEXT NOT NULL,
  token_id TEXT,
  token_label TEXT,
  via TEXT NOT NULL CHECK (via IN ('web', 'api', 'mcp')),
  action TEXT NOT NULL,
  project_id TEXT,
  ticket_id TEXT,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX activity_by_token ON activity (token_id, seq);
CREATE INDEX activity_by_ticket ON activity (ticket_id, seq);

-- What is searched, prepared by search.ts; rowid is the ticket's seq.
CREATE VIRTUAL TABLE ticket_search USING fts5 (
  title, description, comments, page,
  content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
`,
  `
-- The companies that somebody who runs them took out of a token's reach, and that so go on seeing what it did there.
ALTER TABLE tokens ADD COLUMN withdrawn TEXT NOT NULL DEFAULT '[]';

-- A token with its owner's name, its limits (the smallest that any company within its reach allows) and how many
-- companies it reaches: where its owner is a viewer, or no member any more, it doesn't.
DROP VIEW token_holders;
CREATE VIEW token_companies AS
SELECT t.id AS token_id, m.company_id, m.role, c.reads_per_minute, c.writes_per_minute
FROM tokens t
JOIN memberships m ON m.user_id = t.user_id
JOIN companies c ON c.id = m.company_id
WHERE (t.companies IS NULL OR m.company_id IN (SELECT value FROM json_each(t.companies)))
  AND (t.projects IS NULL OR EXISTS (
    SELECT 1 FROM json_each(t.projects) named JOIN projects p ON p.id = named.value
    WHERE p.company_id = m.company_id));
CREATE VIEW token_holders AS
SELECT t.*, t.rowid AS seq, u.name AS user_name,
  coalesce((
    SELECT min(reads_per_minute) FROM token_companies WHERE token_id = t.id AND role <> 'viewer'
  ), 600) AS reads_per_minute,
  coalesce((
    SELECT min(writes_per_minute) FROM token_companies WHERE token_id = t.id AND role <> 'viewer'
  ), 60) AS writes_per_minute,
  (SELECT count(*) FROM token_companies WHERE token_id = t.id AND role <> 'viewer') AS reaches
FROM tokens t JOIN users u ON u.id = t.user_id;
`,
  `
-- Every request of a token in the last 60 seconds; at is in milliseconds of a clock that counts from the start of the
-- machine (clock.ts). used counts the rows, next numbers them.
ALTER TABLE tokens ADD COLUMN last_used_at TEXT;
UPDATE tokens SET last_used_at = (
  SELECT strftime('%Y-%m-%dT%H:%M:%fZ', max(at) / 1000, 'unixepoch') FROM budgets
  WHERE token_id = tokens.id AND granted > 0
);
DROP TABLE budgets;
CREATE TABLE requests (
  token_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('read', 'write')),
  at REAL NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (token_id, kind, at, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE budgets (
  token_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('read', 'write')),
  used INTEGER NOT NULL,
  next INTEGER NOT NULL,
  last REAL NOT NULL,
  PRIMARY KEY (token_id, kind)
) STRICT, WITHOUT ROWID;

-- What is searched, prepared by search-index.ts. A ticket and each of its comments are documents of their own, so that
-- a comment costs the same however many there are: rowid is the ticket's seq * 2^20, and for a comment its number
-- within the ticket is added.
DROP TABLE ticket_search;
CREATE VIRTUAL TABLE ticket_search USING fts5 (
  title, description, page, comment,
  content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
`,
  `
-- Since when an outcome is kept, by the clock of clock.ts: the time of day may be set while it is. NULL until the file
-- is opened, which begins the time anew after a start of the machine, too.
DROP INDEX outcomes_by_age;
ALTER TABLE outcomes DROP COLUMN at;
ALTER TABLE outcomes ADD COLUMN since REAL;
CREATE INDEX outcomes_by_age ON outcomes (since);
`,
  `
-- A column that goes hands its tickets, the archived ones too, to the project's first one: in their order, below what
-- is there, and with room below them. The last column of a project stays while it has tickets.
DROP TRIGGER column_goes;
CREATE TRIGGER column_goes BEFORE DELETE ON columns BEGIN
  UPDATE tickets SET
    column_id = heir.id,
    rank = printf('%010d', heir.bottom + 1 + CAST(substr(rank, 1, 10) AS INTEGER) - heir.top) || substr(rank, 11)
  FROM (
    SELECT id,
      (SELECT coalesce(max(CAST(substr(rank, 1, 10) AS INTEGER)), 5000000000) FROM tickets WHERE column_id = c.id)
        AS bottom,
      (SELECT min(CAST(substr(rank, 1, 10) AS INTEGER)) FROM tickets WHERE column_id = OLD.id) AS top
    FROM columns c WHERE project_id = OLD.project_id AND id <> OLD.id ORDER BY position LIMIT 1
  ) AS heir
  WHERE tickets.column_id = OLD.id;
  SELECT RAISE(ABORT, 'the last column of a project has tickets')
  WHERE EXISTS (SELECT 1 FROM tickets WHERE column_id = OLD.id);
END;
`,
  `
-- Requests are counted in a file of their own (request-counts.ts); when a token was last used before that stays here.
DROP TABLE requests;
DROP TABLE budgets;
CREATE TABLE used_before (
  token_id TEXT PRIMARY KEY REFERENCES tokens (id) ON DELETE CASCADE,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO used_before SELECT id, last_used_at FROM tokens WHERE last_used_at IS NOT NULL;
ALTER TABLE tokens DROP COLUMN last_used_at;
`,
  `
-- A file that had the step before while it didn't keep that.
CREATE TABLE IF NOT EXISTS used_before (
  token_id TEXT PRIMARY KEY REFERENCES tokens (id) ON DELETE CASCADE,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
];

/** The step that leaves the index of searches empty; it is filled anew after it. */
export const reindexAfterStep = 3;
