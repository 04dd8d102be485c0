/**
 * What clients call themselves, with weights. `{…}` marks a version that a device draws once: browsers a few
 * releases back from March 2026, because people update late.
 */
import { mix, mixUnit } from "../random.ts";

export type Platform = "desktop" | "phone" | "app";

const DESKTOP = `
30 Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36
14 Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36
13 Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36 Edg/{chrome}.0.0.0
11 Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{safari} Safari/605.1.15
10 Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{firefox}.0) Gecko/20100101 Firefox/{firefox}.0
3 Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36
3 Mozilla/5.0 (X11; Linux x86_64; rv:{firefox}.0) Gecko/20100101 Firefox/{firefox}.0
2 Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:{firefox}.0) Gecko/20100101 Firefox/{firefox}.0
2 Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36 OPR/{opera}.0.0.0
1 Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36
1 Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36
`;

const PHONE = `
38 Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{safari} Mobile/15E148 Safari/604.1
34 Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Mobile Safari/537.36
7 Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/{samsung}.0 Chrome/{samsungchrome}.0.0.0 Mobile Safari/537.36
4 Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/{chrome}.0.7632.41 Mobile/15E148 Safari/604.1
3 Mozilla/5.0 (Android 15; Mobile; rv:{firefox}.0) Gecko/{firefox}.0 Firefox/{firefox}.0
4 Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 415.0.0.33.71 (iPhone{model}; iOS {ios}; de_DE; de; scale=3.00; 1179x2556; 843210987)
2 Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{chrome}.0.7632.79 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/548.0.0.44.63;]
2 Mozilla/5.0 (iPad; CPU OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{safari} Mobile/15E148 Safari/604.1
`;

const APP = `
46 ShopExample/{app} (iPhone{model}; iOS {iosdot}; Scale/3.00)
6 Shop/{build} CFNetwork/3826.500.131 Darwin/24.6.0
36 ShopExample-Android/{app} (Android {android}; {phone}) okhttp/4.12.0
8 okhttp/4.12.0
4 Dart/3.10 (dart:io)
`;

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  chrome: ["145", "145", "145", "145", "144", "144", "144", "143", "142", "141", "140", "138", "134", "131"],
  firefox: ["148", "148", "147", "147", "147", "146", "145", "140", "140", "128", "115"],
  safari: ["26.3", "26.2", "26.2", "26.1", "18.6", "18.5", "18.3", "17.6", "16.6"],
  ios: ["18_7", "18_7", "18_7", "18_6", "18_5", "17_7", "16_7"],
  iosdot: ["26.3", "26.2.1", "26.2", "18.7.4", "18.6", "17.7.2"],
  opera: ["127", "126", "125"],
  samsung: ["29", "29", "28", "27"],
  samsungchrome: ["136", "130", "125"],
  app: ["8.14.2", "8.14.2", "8.14.2", "8.14.1", "8.13.0", "8.12.3", "8.9.0", "7.22.1"],
  build: ["81420", "81410", "81301"],
  android: ["16", "15", "15", "14", "14", "13", "12"],
  model: ["17,1", "16,2", "16,1", "15,4", "14,7", "13,2", "12,8"],
  phone: [
    "SM-S928B",
    "SM-A546B",
    "SM-G991B",
    "Pixel 8",
    "Pixel 9 Pro",
    "Pixel 7a",
    "2201117TY",
    "CPH2581",
    "moto g84 5G",
    "FP5",
  ],
};

const AGENTS: Readonly<Record<Platform, readonly Weighted[]>> = {
  desktop: parse(DESKTOP),
  phone: parse(PHONE),
  app: parse(APP),
};

/** One string object per distinct text, so that writers can remember what they made of it. */
const interned = new Map<string, string>();

interface Weighted {
  /** Share of this and all rows before it. */
  readonly upTo: number;
  readonly text: string;
}

/** The user agent of a device: the same for the same hash. */
export function userAgentOf(platform: Platform, hash: number): string {
  const draw = mixUnit(hash, 21);
  const row = AGENTS[platform].find((agent) => draw < agent.upTo) ?? AGENTS[platform][0];
  const text = row.text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const versions = VERSIONS[name] ?? [name];
    return versions[mix(hash, name.length * 31 + name.charCodeAt(0)) % versions.length];
  });
  const known = interned.get(text);
  if (known !== undefined) return known;
  interned.set(text, text);
  return text;
}

function parse(table: string): Weighted[] {
  const rows = table
    .trim()
    .split("\n")
    .map((row) => ({ weight: Number.parseInt(row, 10), text: row.slice(row.indexOf(" ") + 1) }));
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  let sum = 0;
  return rows.map((row) => {
    sum += row.weight;
    return { upTo: sum / total, text: row.text };
  });
}
