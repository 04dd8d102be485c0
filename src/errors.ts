/**
 * The catalogue of errors a person or a client can meet. Each says what happened (the message), to which
 * input (`input`), and what to do next (`remedy`). `docs/errors.md` lists the same codes; a test holds them equal.
 */
export const ERRORS = {
  USAGE: { exit: 2, http: 400, remedy: "Run the command with --help to see what it takes." },
  INPUT_NOT_FOUND: {
    exit: 3,
    http: 404,
    remedy: "Check the path; quote globs so that the shell leaves them alone.",
  },
  INPUT_UNREADABLE: {
    exit: 3,
    http: 500,
    remedy: "Check the file's permissions, or copy it to where you may read it.",
  },
  INPUT_EMPTY: { exit: 3, http: 400, remedy: "Point at a log file with lines in it." },
  INPUT_NOT_A_LOG: {
    exit: 3,
    http: 400,
    remedy:
      "Name the format with --format (vedette scan --list-formats shows them), or map JSON fields with --map.",
  },
  INPUT_CORRUPT: {
    exit: 3,
    http: 400,
    remedy: "What could be read was scanned; fetch the file again for the rest.",
  },
  FORMAT_UNKNOWN: {
    exit: 2,
    http: 400,
    remedy: "See vedette scan --list-formats, or give a log_format string.",
  },
  FORMAT_STRING_INVALID: {
    exit: 2,
    http: 400,
    remedy:
      "Copy the log_format (nginx) or LogFormat (Apache) value from the server's configuration, in quotes.",
  },
  MAPPING_INVALID: {
    exit: 2,
    http: 400,
    remedy: "Write --map field=path, for example --map user.id=ctx.uid.",
  },
  OUTPUT_UNWRITABLE: { exit: 3, http: 500, remedy: "Choose another place with --out, or free some space." },
  LINE_TOO_LONG: {
    exit: 0,
    http: 413,
    remedy: "Lines over 1 MiB (inspect: 16 MiB) are counted and passed over.",
  },
  LINE_UNREADABLE: {
    exit: 0,
    http: 400,
    remedy: "The other lines were scanned; name the format with --format when these belong to it.",
  },
  JOURNAL_BUSY: { exit: 3, http: 429, remedy: "Send it again after a short while, or send less at a time." },
  JOURNAL_UNWRITABLE: {
    exit: 3,
    http: 503,
    remedy: "Free some space or give write permission; it goes on by itself once the disk takes data again.",
  },
  JOURNAL_FULL: {
    exit: 3,
    http: 503,
    remedy: "Bring the store back; the journal then empties by itself and takes events again.",
  },
  RECORD_TOO_LARGE: { exit: 3, http: 413, remedy: "Send fewer events at a time." },
  QUERY_SYNTAX: {
    exit: 2,
    http: 400,
    remedy: "Write a table and its steps as docs/query.md shows them.",
  },
  QUERY_TABLE: { exit: 2, http: 400, remedy: "Query events, detections or incidents." },
  QUERY_FIELD: {
    exit: 2,
    http: 400,
    remedy: "See the fields in docs/query.md; steps before may have left it out.",
  },
  QUERY_FUNCTION: { exit: 2, http: 400, remedy: "See the functions in docs/query.md." },
  QUERY_TYPE: {
    exit: 2,
    http: 400,
    remedy: "Convert one side: tostring(), toint(), todouble(), parse_json().",
  },
  QUERY_LIMIT: { exit: 2, http: 400, remedy: "Make the query smaller, or split it in two." },
  QUERY_NOT_LIVE: {
    exit: 2,
    http: 400,
    remedy:
      "A live tail takes where, search, extend, project and project-away; run other steps over stored events.",
  },
  DATA_FOLDER_IN_USE: {
    exit: 3,
    http: 503,
    remedy: "Stop the other server, or give this one another --data folder.",
  },
  STORE_ENGINE_MISSING: {
    exit: 3,
    http: 503,
    remedy:
      "Install with optional packages (npm ci), or give the URL of a ClickHouse server; scan works without.",
  },
  STORE_UNAVAILABLE: {
    exit: 3,
    http: 503,
    remedy: "Check the disk or the ClickHouse server it names, then try again.",
  },
  RECORDS_UNAVAILABLE: {
    exit: 3,
    http: 503,
    remedy: "Check the disk, or the PostgreSQL server that the setting records names, then try again.",
  },
  RECORDS_IN_USE: {
    exit: 3,
    http: 503,
    remedy: "Stop the other server, or give this one a database of its own: the setting records.",
  },
  STORE_BUSY: { exit: 3, http: 429, remedy: "Ask again after a short while." },
  STORE_TOO_NEW: { exit: 3, http: 500, remedy: "Run the newer version of Vedette that wrote it." },
  QUERY_TOO_EXPENSIVE: {
    exit: 3,
    http: 422,
    remedy: "Ask for a shorter time, one service, or fewer rows.",
  },
  QUERY_REFUSED: { exit: 2, http: 403, remedy: "Ask for stored events, detections and incidents only." },
  CONFIG_INVALID: {
    exit: 2,
    http: 500,
    remedy: "See docs/server.md for the settings, their units and their limits.",
  },
  ADDRESS_IN_USE: {
    exit: 3,
    http: 503,
    remedy: "Stop what listens there, or choose another --port or --host.",
  },
  UNAUTHENTICATED: {
    exit: 3,
    http: 401,
    remedy: "Send a key that is neither revoked nor expired: Authorization: Bearer KEY.",
  },
  SERVER_UNREACHABLE: { exit: 3, http: 502, remedy: "Start it with vedette serve, or name it with --url." },
  SIGN_IN_FAILED: {
    exit: 3,
    http: 401,
    remedy: "Check both; an administrator can send a link for a new password.",
  },
  ACCOUNT_LOCKED: {
    exit: 3,
    http: 429,
    remedy: "Wait as long as Retry-After says; each wrong password doubles it.",
  },
  INVITATION_OVER: {
    exit: 3,
    http: 410,
    remedy: "Ask for a new link; the server prints one while it has no user.",
  },
  NAME_TAKEN: { exit: 3, http: 409, remedy: "Choose another name." },
  CHANGED_MEANWHILE: { exit: 3, http: 412, remedy: "Read it again, and send the change with the new ETag." },
  LIMIT_REACHED: { exit: 3, http: 409, remedy: "Remove what is not needed any more first." },
  FORBIDDEN: { exit: 3, http: 403, remedy: "Ask an administrator for a role or a key that may do this." },
  NOT_FOUND: { exit: 3, http: 404, remedy: "Check the address against /api/v1/openapi.json." },
  REQUEST_UNREADABLE: {
    exit: 3,
    http: 400,
    remedy: "Send HTTP/1.1 as RFC 9112 has it, and over TLS only where TLS is spoken.",
  },
  REQUEST_TOO_SLOW: { exit: 3, http: 408, remedy: "Send each request within a minute." },
  HEADERS_TOO_LARGE: { exit: 3, http: 431, remedy: "Send fewer or shorter headers: 16 KiB in all." },
  REQUEST_INVALID: {
    exit: 2,
    http: 400,
    remedy: "Check the request against /api/v1/openapi.json.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    exit: 3,
    http: 422,
    remedy: "Give each batch a key of its own; the same key only for the same bytes sent again.",
  },
  PAYLOAD_TOO_LARGE: { exit: 3, http: 413, remedy: "Send less at a time, or split the batch." },
  PAYLOAD_CORRUPT: {
    exit: 3,
    http: 400,
    remedy: "Send the whole body, encoded as its Content-Encoding says.",
  },
  MEDIA_TYPE_UNKNOWN: {
    exit: 3,
    http: 415,
    remedy: "Send application/x-ndjson or application/json, as it is or with gzip, zstd or deflate.",
  },
  TOO_MANY_REQUESTS: { exit: 3, http: 429, remedy: "Wait as long as Retry-After says." },
  INTERNAL: {
    exit: 3,
    http: 500,
    remedy: "Please report this with the command and the first lines of the input.",
  },
} as const satisfies Record<string, ErrorEntry>;

interface ErrorEntry {
  /** Process exit code: 2 wrong use, 3 failed; 0 for what is reported but does not fail a command. */
  readonly exit: 0 | 2 | 3;
  /** HTTP status where the same error meets an API client. */
  readonly http: number;
  readonly remedy: string;
}

export type ErrorCode = keyof typeof ERRORS;

/** An expected failure at the edge, with its catalogue entry. */
export class VedetteError extends Error {
  override readonly name = "VedetteError";
  readonly code: ErrorCode;
  /** Which file, option or field; empty when the message says all. */
  readonly input: string;

  constructor(code: ErrorCode, message: string, input = "", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.input = input;
  }

  get remedy(): string {
    return ERRORS[this.code].remedy;
  }
}
