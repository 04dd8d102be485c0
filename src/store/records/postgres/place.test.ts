import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { postgresPlace } from "./place.ts";

it("reads where the server is, as whom, and shows neither user nor password", () => {
  expect(postgresPlace("postgresql://anna:p%40ss%25@127.0.0.1:5433/our%20records")).toEqual({
    shown: "postgresql://127.0.0.1:5433/our records",
    login: {
      host: "127.0.0.1",
      port: 5433,
      database: "our records",
      user: "anna",
      password: "p@ss%",
      ssl: false,
    },
  });
  expect(postgresPlace("postgres://[::1]")).toEqual({
    shown: "postgresql://[::1]:5432/vedette",
    login: { host: "::1", port: 5432, database: "vedette", ssl: false },
  });
  expect(postgresPlace("postgresql:///shop?host=/run/postgresql")).toEqual({
    shown: "postgresql:///shop?host=/run/postgresql",
    login: { host: "/run/postgresql", port: 5432, database: "shop", ssl: false },
  });
});

it("verifies the certificate of a server elsewhere, unless told otherwise", () => {
  const folder = mkdtempSync(join(tmpdir(), "vedette-place-"));
  const file = join(folder, "ca.pem");
  writeFileSync(file, "certificates");
  const tlsOf = (more: string, host = "db.example") =>
    postgresPlace(`postgresql://${host}/x${more}`).login.ssl;
  expect(tlsOf("")).toEqual({ rejectUnauthorized: true });
  expect(tlsOf("", "192.168.0.7")).toEqual({ rejectUnauthorized: true });
  expect(tlsOf("?sslmode=verify-full", "localhost")).toEqual({ rejectUnauthorized: true });
  expect(tlsOf(`?sslrootcert=${file}`)).toEqual({ rejectUnauthorized: true, ca: "certificates" });
  expect(tlsOf("?sslmode=require")).toEqual({ rejectUnauthorized: false });
  expect(tlsOf("?sslmode=disable")).toBe(false);
  rmSync(folder, { recursive: true });
  expect(() => tlsOf(`?sslrootcert=${file}`)).toThrow(/ca\.pem cannot be read/);
  expect(() => tlsOf("?sslmode=prefer")).toThrow(/sslmode is disable, require or verify-full/);
});
