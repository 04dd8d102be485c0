/** A PostgreSQL server of a test's own, from Debian's package, in a temporary folder. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

const INSTALLED = "/usr/lib/postgresql";
const PASSWORD = "top:secret/phrase%";

/** Folder of its programs; undefined where there are none: `npm test` says so (scripts/test.mjs). */
export const POSTGRES = existsSync(INSTALLED)
  ? readdirSync(INSTALLED)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(INSTALLED, version, "bin"))
      .find((bin) => existsSync(join(bin, "initdb")) && existsSync(join(bin, "postgres")))
  : undefined;

export interface PostgresServer {
  readonly password: string;
  /** Of an empty database. */
  newDatabase(encoding?: "UTF8" | "LATIN1"): Promise<string>;
  /** Asks a database as its administrator. */
  ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
  /** Once more, at the same port. */
  start(): Promise<void>;
  /** Stops it, and removes what it kept. */
  remove(): Promise<void>;
}

export async function startPostgres(bin = POSTGRES): Promise<PostgresServer> {
  if (bin === undefined) throw new Error("there is no PostgreSQL here");
  const folder = mkdtempSync(join(tmpdir(), "vedette-postgres-"));
  const port = await freePort();
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  // It refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const asPostgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
  if (asRoot) execFileSync("chown", ["-R", "postgres:postgres", folder]);
  const command = (program: string, ...args: string[]) => {
    const [first = "", ...rest] = [...(asRoot ? asPostgres : []), join(bin, program), ...args];
    return [first, rest] as const;
  };
  const login = ["--username=vedette", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  execFileSync(
    ...command("initdb", `--pgdata=${data}`, ...login, "--encoding=UTF8", "--no-locale", "--no-sync"),
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );

  let child: ChildProcess | undefined;
  let databases = 0;
  const urlOf = (database: string) =>
    `postgresql://vedette:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;

  async function start(): Promise<void> {
    const args = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"];
    const started = spawn(...command("postgres", ...args), {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      started.once("exit", () => reject(new Error(`PostgreSQL ended: ${said}`)));
      started.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("ready to accept connections")) resolve();
      });
    });
  }

  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, "exit");
    // Fast: what is connected is cut off.
    child.kill("SIGINT");
    await gone;
  }

  async function ask(url: string, sql: string) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  process.once("exit", () => child?.kill("SIGKILL"));
  await start();
  return {
    password: PASSWORD,
    async newDatabase(encoding = "UTF8") {
      const name = `records_${++databases}`;
      await ask(urlOf("postgres"), `CREATE DATABASE ${name} TEMPLATE template0 ENCODING ${encoding}`);
      return urlOf(name);
    },
    ask,
    stop,
    start,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
