/** The records' tables as Kysely types. Times are milliseconds since the epoch; JSON stands in text columns. */
import type { Generated } from "kysely";

export interface Tables {
  users: {
    id: string;
    /** As it is written; unique without regard to the case of a to z. */
    name: string;
    role: string;
    password_hash: string;
    /** JSON list of the services that may be seen; null sees all. */
    services: string | null;
    created: number;
    disabled: number | null;
    failures: Generated<number>;
    locked_until: number | null;
  };
  sessions: {
    /** SHA-256 of the token: the token itself is never kept. */
    token_hash: string;
    user_id: string;
    created: number;
    seen: number;
    expires: number;
    address: string;
    agent: string;
  };
  keys: {
    id: string;
    kind: string;
    name: string;
    secret_hash: string;
    /** First characters of the secret, to know it by. */
    hint: string;
    services: string | null;
    scopes: string;
    created: number;
    created_by: string;
    expires: number | null;
    revoked: number | null;
    used: number | null;
  };
  sources: {
    id: string;
    kind: string;
    name: string;
    settings: string;
    progress: string;
    created: number;
    updated: number;
  };
  incidents: {
    id: string;
    document: string;
    version: number;
    severity: number;
    outcome: Generated<string>;
    risk: number;
    first_seen: number;
    last_seen: number;
    state: string;
    assignee: string | null;
    updated: number;
    /** When a person closed it; null while it is not closed. */
    closed: number | null;
    /** 1 when sample traffic brought it. */
    sample: Generated<number>;
    /** The incident that took over all its detections. */
    merged_into: string | null;
    /** The exception that closed it, or the detector that took it back. */
    expected_by: string | null;
  };
  detections: {
    id: string;
    incident_id: string;
    detector: string;
    document: string;
    severity: Generated<string>;
    /** That it is aimed at. */
    service: string | null;
  };
  comments: { id: string; incident_id: string; author: string; at: number; text: string };
  exceptions: {
    id: string;
    /** Empty for any. */
    detector: string;
    category: string | null;
    entity_type: string | null;
    entity_value: string | null;
    service: string | null;
    endpoint: string | null;
    reason: string;
    author: string;
    created: number;
    expires: number | null;
  };
  detector_settings: {
    detector: string;
    enabled: number;
    thresholds: string;
    updated: number;
    updated_by: string;
  };
  saved_queries: {
    id: string;
    owner: string;
    name: string;
    text: string;
    shared: number;
    created: number;
    updated: number;
  };
  outbox: {
    id: string;
    incident_id: string;
    route: string;
    /** Which notice of this incident on this route: 1, 2, … */
    number: number;
    version: number;
    reason: string;
    payload: string;
    created: number;
    attempts: Generated<number>;
    next: number | null;
    sent: number | null;
    error: string | null;
  };
  notified: {
    incident_id: string;
    route: string;
    number: number;
    severity: string;
    outcome: string;
    at: number;
    reminders: number;
  };
  audit: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    object: string;
    address: string;
    detail: string;
  };
  settings: { name: string; value: string };
  /** `search`: JSON by name, as it stands in the console's address. */
  incident_views: { id: string; owner: string; name: string; search: string; updated: number };
  shared_links: {
    id: string;
    owner: string;
    /** JSON list of those that the maker saw; null saw all. */
    services: string | null;
    page: string;
    search: string;
    created: number;
    expires: number;
  };
}
