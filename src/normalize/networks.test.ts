import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openNetworks } from "./networks.ts";

const folder = join(import.meta.dirname, "../../dist/geo");

describe.skipIf(!existsSync(folder))("the offline network database", () => {
  const networks = openNetworks({ folder });

  it("knows the country and the system of well-known addresses, IPv4 and IPv6", () => {
    expect(networks.lookUp("8.8.8.8")).toMatchObject({ systemNumber: 15169, country: "US" });
    expect(networks.lookUp("1.1.1.1").systemNumber).toBe(13335);
    expect(networks.lookUp("2001:4860:4860::8888").systemNumber).toBe(15169);
    expect(networks.lookUp("::ffff:8.8.8.8").systemNumber).toBe(15169);
  });

  it("says nothing of private, documentation and impossible addresses", () => {
    for (const address of ["10.0.0.1", "192.0.2.1", "2001:db8::1", "localhost", ""]) {
      expect(networks.lookUp(address).systemNumber).toBeUndefined();
    }
  });
});

describe("without a database", () => {
  it("answers with nothing instead of failing", () => {
    expect(openNetworks({ folder: "/nowhere" }).lookUp("8.8.8.8")).toEqual({
      country: undefined,
      systemNumber: undefined,
      systemName: undefined,
    });
  });
});
