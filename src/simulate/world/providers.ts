/**
 * Networks that clients come from. The blocks are announced by the named network (routing tables, 2026), so that a
 * look-up of country and network gives a sensible answer.
 */
import { type Block, parseBlock } from "./addresses.ts";

export type ProviderKind = "home" | "mobile" | "business" | "hosting" | "vpn";

export interface Provider {
  readonly country: string;
  readonly kind: ProviderKind;
  /** Relative size among the country's providers of that kind. */
  readonly weight: number;
  readonly name: string;
  readonly v4: readonly Block[];
  /** First hextets of its IPv6 block; empty when its clients have IPv4 only. */
  readonly v6: string;
  /** Share of clients that come over IPv6. */
  readonly v6Share: number;
}

/** country kind weight | name | IPv4 blocks | IPv6 prefix and share of clients that use it */
const TABLE = `
DE home     5 | Deutsche Telekom     | 79.192.0.0/10 84.128.0.0/10 87.128.0.0/10 91.0.0.0/10    | 2003:d4 0.55
DE home     4 | Vodafone DE          | 88.64.0.0/12 178.0.0.0/12 188.96.0.0/12                  | 2a02:8109 0.45
DE mobile   3 | Telefonica DE        | 77.0.0.0/20 2.240.0.0/20                                 | 2a02:3034 0.3
DE mobile   4 | Telekom mobile       | 80.187.64.0/19                                           | 2a01:598 0.4
DE business 1 | Telekom business     | 93.192.0.0/11 87.190.0.0/16                              | -
GB home     4 | BT                   | 86.128.0.0/10 81.128.0.0/11 109.144.0.0/12               | 2a00:23c4 0.5
GB home     3 | Sky UK               | 90.192.0.0/11 94.0.0.0/12                                | 2a02:c7f 0.6
GB home     3 | Virgin Media         | 82.0.0.0/12 81.96.0.0/12 77.96.0.0/13                    | -
GB mobile   3 | Vodafone UK          | 148.252.128.0/20                                         | -
GB mobile   4 | EE                   | 31.112.0.0/20                                            | 2a01:4c8 0.5
GB business 1 | BT business          | 81.136.0.0/14 217.36.0.0/16                              | -
US home     5 | Comcast              | 73.0.0.0/8 98.192.0.0/10 67.160.0.0/11                   | 2601:240 0.6
US home     4 | Charter              | 174.80.0.0/13 24.180.0.0/14 76.168.0.0/13                | 2603:6090 0.4
US home     3 | AT&T                 | 99.32.0.0/11 107.192.0.0/11                              | 2600:1700 0.5
US mobile   4 | T-Mobile US          | 172.32.0.0/20 172.56.0.0/18                              | 2607:fb91 0.85
US mobile   4 | Verizon Wireless     | 97.160.0.0/19 174.192.0.0/18                             | 2600:1008 0.7
US business 1 | Verizon business     | 65.232.0.0/13 63.0.0.0/12                                | -
FR home     4 | Orange               | 86.192.0.0/11 90.0.0.0/11                                | 2a01:cb08 0.6
FR home     3 | Free                 | 82.224.0.0/11 88.160.0.0/11                              | 2a01:e34 0.7
FR mobile   3 | Orange mobile        | 92.184.96.0/19                                           | 2a01:cb1d 0.5
FR business 1 | Orange business      | 90.48.0.0/14                                             | -
NL home     3 | KPN                  | 77.160.0.0/12 86.80.0.0/13                               | 2a02:a44a 0.6
NL home     3 | Ziggo                | 83.80.0.0/13 84.24.0.0/13                                | 2001:1c02 0.4
NL mobile   2 | KPN mobile           | 188.200.0.0/19                                           | 2a02:a420 0.4
NL business 1 | KPN business         | 188.201.0.0/16                                           | -
ES home     3 | Telefonica           | 83.32.0.0/11 88.0.0.0/11                                 | -
ES mobile   2 | Orange ES            | 90.160.0.0/19                                            | -
ES business 1 | Telefonica business  | 80.32.0.0/14                                             | -
IT home     3 | TIM                  | 79.0.0.0/10 87.0.0.0/11                                  | -
IT mobile   3 | Wind Tre             | 151.32.0.0/18                                            | 2a02:b020 0.2
IT business 1 | Fastweb              | 93.32.0.0/13                                             | -
PL home     3 | Orange PL            | 83.16.0.0/12 79.184.0.0/13                               | -
PL mobile   2 | Orange PL mobile     | 31.60.0.0/19                                             | -
PL business 1 | Netia                | 77.252.0.0/14                                            | -
SE home     3 | Telia                | 78.64.0.0/12 81.224.0.0/12                               | 2001:2040 0.2
SE mobile   2 | Tele2                | 83.176.0.0/19                                            | -
SE business 1 | Telia business       | 217.208.0.0/14                                           | -
AT home     3 | A1                   | 91.112.0.0/14 178.188.0.0/14                             | 2001:871 0.3
AT mobile   2 | A1 mobile            | 46.74.0.0/19                                             | -
AT business 1 | A1 business          | 80.122.0.0/15                                            | -
CH home     3 | Swisscom             | 85.0.0.0/13 178.192.0.0/13                               | 2a02:1210 0.5
CH mobile   2 | Swisscom mobile      | 178.197.192.0/19                                         | -
CH business 1 | Swisscom business    | 81.62.0.0/15                                             | -
CA home     3 | Rogers               | 99.224.0.0/11 174.112.0.0/13                             | 2607:fea8 0.5
CA mobile   2 | Bell mobile          | 142.112.0.0/19                                           | -
CA business 1 | Bell business        | 65.92.0.0/14                                             | -
IN home     2 | Airtel               | 122.162.0.0/15 122.178.0.0/15                            | -
IN mobile   5 | Jio                  | 157.32.0.0/20 49.32.0.0/20                               | 2409:4140 0.8
IN mobile   3 | Airtel mobile        | 106.196.0.0/20                                           | 2401:4900 0.5
IN business 1 | Airtel business      | 122.161.0.0/16                                           | -
BR home     3 | Claro                | 179.136.0.0/13 191.176.0.0/13                            | 2804:14c:401 0.5
BR mobile   3 | Vivo                 | 152.240.0.0/19                                           | 2804:18:5001 0.4
BR business 1 | Vivo business        | 177.94.0.0/15                                            | -
JP home     3 | OCN                  | 153.128.0.0/10 114.160.0.0/11                            | 2400:4051 0.5
JP mobile   3 | KDDI mobile          | 106.128.0.0/19                                           | 240f:1 0.3
JP business 1 | OCN business         | 60.32.0.0/13                                             | -
AU home     3 | Telstra              | 58.160.0.0/12 101.176.0.0/12                             | 2001:8003 0.4
AU mobile   2 | Optus mobile         | 49.176.0.0/19                                            | -
AU business 1 | Telstra business     | 124.176.0.0/13                                           | -
DE hosting  3 | Hetzner              | 65.108.0.0/15 49.12.0.0/15 78.46.0.0/15                  | 2a01:4f8 0.05
FR hosting  3 | OVH                  | 54.36.0.0/14 51.254.0.0/15 141.94.0.0/15                 | -
US hosting  4 | DigitalOcean         | 68.183.0.0/16 104.248.0.0/16 46.101.0.0/16               | -
US hosting  4 | Amazon               | 3.80.0.0/12 44.192.0.0/11 3.128.0.0/10                   | -
US hosting  2 | Google Cloud         | 34.64.0.0/11 34.160.0.0/12                               | -
US hosting  2 | Azure                | 20.64.0.0/10 4.224.0.0/11                                | -
US hosting  2 | Linode               | 172.105.0.0/16 139.162.0.0/16                            | -
US hosting  2 | Vultr                | 45.76.0.0/15 45.32.0.0/16                                | -
DE hosting  2 | Contabo              | 161.97.64.0/18 144.91.64.0/18 62.171.128.0/18            | -
SG hosting  2 | Alibaba Cloud        | 47.240.0.0/14 8.218.0.0/15                               | -
RO vpn      3 | M247                 | 146.70.64.0/18 146.70.128.0/18                           | -
GB vpn      3 | Datacamp             | 89.187.160.0/19 149.102.224.0/19                         | -
VN home     3 | VNPT                 | 14.160.0.0/11 113.160.0.0/11                             | -
EG home     2 | Telkom Egypt         | 156.192.0.0/11 197.32.0.0/11                             | -
TR home     2 | Turk Telekom         | 85.96.0.0/12 88.248.0.0/13                               | -
PH home     2 | PLDT                 | 49.144.0.0/13 112.200.0.0/13                             | -
MX home     2 | Telmex               | 189.224.0.0/13 187.132.0.0/14                            | -
RU home     2 | Rostelecom           | 178.64.0.0/13 95.52.0.0/14                               | -
CN home     2 | China Telecom        | 223.144.0.0/12 49.88.0.0/13                              | -
TH home     1 | 3BB                  | 171.4.0.0/14 223.204.0.0/14                              | -
`;

export const PROVIDERS: readonly Provider[] = TABLE.trim().split("\n").map(parseRow);

export function providersOf(kind: ProviderKind, country?: string): readonly Provider[] {
  return PROVIDERS.filter((p) => p.kind === kind && (country === undefined || p.country === country));
}

function parseRow(row: string): Provider {
  const [who, name, blocks, v6] = row.split("|").map((cell) => cell.trim());
  const [country, kind, weight] = who.split(/\s+/);
  const [prefix, share] = v6 === "-" ? ["", "0"] : v6.split(" ");
  return {
    country,
    kind: kind as ProviderKind,
    weight: Number(weight),
    name,
    v4: blocks.split(/\s+/).map(parseBlock),
    v6: prefix,
    v6Share: Number(share),
  };
}
