/**
 * The records' schema, step by step, for SQLite and PostgreSQL. A step runs in one transaction with its number, so a
 * kill leaves it undone. Statements are in SQLite's words; where they are other statements, both stand here.
 */
type Statement = string | { readonly sqlite: string; readonly postgres: readonly string[] };

const MIGRATIONS: readonly (readonly Statement[])[] = [
  [
    `CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, role TEXT NOT NULL,
      password_hash TEXT NOT NULL, services TEXT, created INTEGER NOT NULL, disabled INTEGER,
      failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER) STRICT`,
    `CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
      created INTEGER NOT NULL, seen INTEGER NOT NULL, expires INTEGER NOT NULL, address TEXT NOT NULL,
      agent TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    "CREATE INDEX sessions_by_user ON sessions (user_id)",
    "CREATE INDEX sessions_by_end ON sessions (expires)",
    `CREATE TABLE keys (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE,
      hint TEXT NOT NULL, services TEXT, scopes TEXT NOT NULL, created INTEGER NOT NULL, created_by TEXT NOT NULL,
      expires INTEGER, revoked INTEGER, used INTEGER) STRICT`,
    `CREATE TABLE sources (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL,
      progress TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL) STRICT`,
    `CREATE TABLE incidents (id TEXT PRIMARY KEY, document TEXT NOT NULL, version INTEGER NOT NULL,
      severity INTEGER NOT NULL, risk REAL NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
      state TEXT NOT NULL, assignee TEXT, updated INTEGER NOT NULL) STRICT`,
    "CREATE INDEX incidents_by_time ON incidents (last_seen DESC, id)",
    "CREATE INDEX incidents_by_state ON incidents (state, last_seen DESC, id)",
    `CREATE TABLE incident_services (incident_id TEXT NOT NULL REFERENCES incidents ON DELETE CASCADE,
      service TEXT NOT NULL, PRIMARY KEY (service, incident_id)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE detections (id TEXT PRIMARY KEY, incident_id TEXT NOT NULL REFERENCES incidents ON DELETE CASCADE,
      detector TEXT NOT NULL, document TEXT NOT NULL) STRICT`,
    "CREATE INDEX detections_by_incident ON detections (incident_id)",
    `CREATE TABLE comments (id TEXT PRIMARY KEY, incident_id TEXT NOT NULL REFERENCES incidents ON DELETE CASCADE,
      author TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT`,
    "CREATE INDEX comments_by_incident ON comments (incident_id, at)",
    `CREATE TABLE exceptions (id TEXT PRIMARY KEY, detector TEXT NOT NULL, entity_type TEXT, entity_value TEXT,
      service TEXT, endpoint TEXT, reason TEXT NOT NULL, author TEXT NOT NULL, created INTEGER NOT NULL,
      expires INTEGER) STRICT`,
    `CREATE TABLE detector_settings (detector TEXT PRIMARY KEY, enabled INTEGER NOT NULL, thresholds TEXT NOT NULL,
      updated INTEGER NOT NULL, updated_by TEXT NOT NULL) STRICT`,
    `CREATE TABLE saved_queries (id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
      shared INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, UNIQUE (owner, name)) STRICT`,
    `CREATE TABLE outbox (id TEXT PRIMARY KEY, incident_id TEXT NOT NULL, version INTEGER NOT NULL,
      route TEXT NOT NULL, payload TEXT NOT NULL, created INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
      next INTEGER, sent INTEGER, error TEXT, UNIQUE (incident_id, version, route)) STRICT`,
    "CREATE INDEX outbox_due ON outbox (next) WHERE next IS NOT NULL",
    `CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL,
      action TEXT NOT NULL, object TEXT NOT NULL, address TEXT NOT NULL, detail TEXT NOT NULL) STRICT`,
    {
      sqlite:
        "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
      postgres: [
        `CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
        "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()",
      ],
    },
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  ],
  [
    // A reminder repeats a version, so notices are counted by themselves; what a route was told is kept beside.
    "DROP TABLE outbox",
    `CREATE TABLE outbox (id TEXT PRIMARY KEY, incident_id TEXT NOT NULL, route TEXT NOT NULL,
      number INTEGER NOT NULL, version INTEGER NOT NULL, reason TEXT NOT NULL, payload TEXT NOT NULL,
      created INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next INTEGER, sent INTEGER, error TEXT,
      UNIQUE (incident_id, route, number)) STRICT`,
    "CREATE INDEX outbox_due ON outbox (route, next) WHERE next IS NOT NULL",
    `CREATE TABLE notified (incident_id TEXT NOT NULL REFERENCES incidents ON DELETE CASCADE, route TEXT NOT NULL,
      number INTEGER NOT NULL, severity TEXT NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL,
      reminders INTEGER NOT NULL, PRIMARY KEY (incident_id, route)) STRICT, WITHOUT ROWID`,
    "CREATE INDEX notified_by_time ON notified (route, at)",
    "ALTER TABLE incidents ADD COLUMN closed INTEGER",
  ],
  ["ALTER TABLE incidents ADD COLUMN sample INTEGER NOT NULL DEFAULT 0"],
  [
    "ALTER TABLE incidents ADD COLUMN merged_into TEXT",
    "CREATE INDEX incidents_by_merge ON incidents (merged_into) WHERE merged_into IS NOT NULL",
    "ALTER TABLE incidents ADD COLUMN expected_by TEXT",
    "ALTER TABLE exceptions ADD COLUMN category TEXT",
  ],
  // Which services an incident is about is read from its detections.
  ["DROP TABLE incident_services"],
  // What questions go by has columns of its own: none reads documents, which PostgreSQL would not take with a NUL.
  [
    "CREATE UNIQUE INDEX users_by_name ON users (lower(name))",
    "ALTER TABLE incidents ADD COLUMN outcome TEXT NOT NULL DEFAULT 'unknown'",
    "ALTER TABLE detections ADD COLUMN severity TEXT NOT NULL DEFAULT 'info'",
    "ALTER TABLE detections ADD COLUMN service TEXT",
    // No PostgreSQL has records of an earlier step.
    { sqlite: "UPDATE incidents SET outcome = json_extract(document, '$.outcome')", postgres: [] },
    {
      sqlite: `UPDATE detections SET severity = json_extract(document, '$.severity'),
        service = json_extract(document, '$.target.service')`,
      postgres: [],
    },
  ],
  [
    `CREATE TABLE incident_views (id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, search TEXT NOT NULL,
      updated INTEGER NOT NULL, UNIQUE (owner, name)) STRICT`,
    `CREATE TABLE shared_links (id TEXT PRIMARY KEY, owner TEXT NOT NULL, services TEXT, page TEXT NOT NULL,
      search TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT`,
    "CREATE INDEX shared_links_by_owner ON shared_links (owner, expires)",
  ],
];

export const SQLITE_MIGRATIONS: readonly (readonly string[])[] = MIGRATIONS.map((step) =>
  step.map((statement) => (typeof statement === "string" ? statement : statement.sqlite)),
);

/** Texts are compared byte by byte as SQLite does, whatever the database's language; numbers have 64 bits there. */
const POSTGRES_WORDS: readonly (readonly [RegExp, string])[] = [
  [/ COLLATE NOCASE\b/g, ""],
  [/\bTEXT\b/g, 'TEXT COLLATE "C"'],
  [/\bINTEGER PRIMARY KEY AUTOINCREMENT\b/g, "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"],
  [/\bINTEGER\b/g, "BIGINT"],
  [/\bREAL\b/g, "DOUBLE PRECISION"],
  [/ STRICT(?:, WITHOUT ROWID)?$/g, ""],
];

export const POSTGRES_MIGRATIONS: readonly (readonly string[])[] = MIGRATIONS.map((step) =>
  step.flatMap((statement) =>
    typeof statement === "string"
      ? [POSTGRES_WORDS.reduce((text, [word, other]) => text.replace(word, other), statement)]
      : statement.postgres,
  ),
);
