/**
 * Builds the offline network database in dist/geo from the packages that carry the data: the country database is
 * copied, the autonomous systems' CSV becomes sorted typed arrays (see src/normalize/networks.ts for the reader).
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "dist", "geo");
const require = createRequire(import.meta.url);
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`));

mkdirSync(out, { recursive: true });
copyFileSync(
  join(folderOf("@ip-location-db/geo-whois-asn-country-mmdb"), "geo-whois-asn-country.mmdb"),
  join(out, "country.mmdb"),
);

const asn = folderOf("@ip-location-db/asn");
const names = [];
const nameIndex = new Map();

/** Number and organisation of a row share one entry in the names table. */
function systemIndex(number, organization) {
  const key = `${number}\t${organization}`;
  let index = nameIndex.get(key);
  if (index === undefined) {
    index = names.length;
    names.push(key);
    nameIndex.set(key, index);
  }
  return index;
}

function* rows(file) {
  const text = readFileSync(join(asn, file), "utf8");
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf("\n", from);
    if (to === -1) to = text.length;
    const match = /^([^,]+),([^,]+),(\d+),"?(.*?)"?\r?$/.exec(text.slice(from, to));
    if (match)
      yield { start: match[1], end: match[2], system: systemIndex(match[3], match[4].replaceAll('""', '"')) };
    from = to + 1;
  }
}

const NONE = 0xffffffff;
const v4 = [];
let next = 0;
for (const row of rows("asn-ipv4-num.csv")) {
  const start = Number(row.start);
  if (start > next) v4.push([next, NONE]);
  v4.push([start, row.system]);
  next = Number(row.end) + 1;
}
if (next < 2 ** 32) v4.push([next, NONE]);

/** The upper 64 bits of an IPv6 address as two 32-bit numbers. */
function upper64(text) {
  const [head, tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [
    ...left,
    ...new Array(tail === undefined ? 0 : 8 - left.length - right.length).fill("0"),
    ...right,
  ];
  const value = (i) => Number.parseInt(groups[i] ?? "0", 16) || 0;
  return [value(0) * 65536 + value(1), value(2) * 65536 + value(3)];
}

const v6 = [];
for (const row of rows("asn-ipv6.csv")) {
  const [high, low] = upper64(row.start);
  const [endHigh, endLow] = upper64(row.end);
  v6.push([high, low, endHigh, endLow, row.system]);
}

const buffer = new Uint32Array(2 + v4.length * 2 + v6.length * 5);
buffer[0] = v4.length;
buffer[1] = v6.length;
let at = 2;
for (const field of [0, 1]) for (const row of v4) buffer[at++] = row[field];
for (const field of [0, 1, 2, 3, 4]) for (const row of v6) buffer[at++] = row[field];
writeFileSync(join(out, "systems.bin"), Buffer.from(buffer.buffer));
writeFileSync(join(out, "systems.txt"), names.join("\n"));
console.error(`Networks: ${v4.length} IPv4 and ${v6.length} IPv6 ranges, ${names.length} systems.`);
