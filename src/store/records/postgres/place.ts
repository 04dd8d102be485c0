/**
 * Where the records' PostgreSQL is, from its URL. The URL is read here and not by the driver, whose errors would carry
 * it with its password; past this file there is `shown`, which has none.
 */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { ClientConfig } from "pg";
import { VedetteError } from "../../../errors.ts";

export interface PostgresPlace {
  /** For people: without user and password. */
  readonly shown: string;
  readonly login: ClientConfig;
}

const PARAMETERS = ["host", "sslmode", "sslrootcert"];
const DATABASE = "vedette";

/**
 * @param url postgresql://user:password@host:5432/database, of libpq's parameters host (folder of a socket), sslmode
 *   (disable, require, verify-full) and sslrootcert (file). Beyond this machine certificates are verified unless said
 *   otherwise. What it leaves out comes from PGUSER, PGPASSWORD and ~/.pgpass.
 * @throws VedetteError CONFIG_INVALID
 */
export function postgresPlace(url: string): PostgresPlace {
  const { hostname, port, pathname, username, password, searchParams } = parsed(url);
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined)
    throw wrong(`The URL of the records takes ${PARAMETERS.join(", ")}; not ${unknown}`);
  const host = hostname.replace(/^\[|\]$/g, "") || searchParams.get("host") || "localhost";
  const database = decoded(pathname.slice(1)) || DATABASE;
  const shown = host.startsWith("/")
    ? `postgresql:///${database}?host=${host}`
    : `postgresql://${hostname || host}:${port || 5432}/${database}`;
  return {
    shown,
    login: {
      host,
      port: Number(port || 5432),
      database,
      ssl: tlsOf(host, searchParams),
      ...(username === "" ? {} : { user: decoded(username) }),
      ...(password === "" ? {} : { password: decoded(password) }),
    },
  };
}

function tlsOf(host: string, parameters: URLSearchParams): NonNullable<ClientConfig["ssl"]> {
  const mode = parameters.get("sslmode") ?? (isHere(host) ? "disable" : "verify-full");
  if (mode === "disable") return false;
  if (mode === "require") return { rejectUnauthorized: false };
  if (mode !== "verify-full") throw wrong("sslmode is disable, require or verify-full");
  const file = parameters.get("sslrootcert");
  if (file === null) return { rejectUnauthorized: true };
  try {
    return { rejectUnauthorized: true, ca: readFileSync(file, "utf8") };
  } catch {
    throw wrong(`The certificates in ${file} cannot be read`);
  }
}

function isHere(host: string): boolean {
  if (host.startsWith("/") || host === "localhost") return true;
  return isIP(host) !== 0 && ipaddr.parse(host).range() === "loopback";
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw wrong("The URL of the records cannot be read");
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong("The URL of the records has a % that is no escape; write %25");
  }
}

function wrong(message: string): VedetteError {
  return new VedetteError("CONFIG_INVALID", message, "records");
}
