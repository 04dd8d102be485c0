/**
 * Where countries are, to a degree, and how large, in thousands of square kilometres (CIA World Factbook, public
 * domain): enough to say how far somebody must have gone at least.
 */
const TABLE = `
AD 42.5 1.5 0.5;AE 24 54 84;AF 33 65 652;AG 17 -62 0.4;AL 41 20 29;AM 40 45 30;AO -12 18 1247;AR -34 -64 2780
AT 47 13 84;AU -25 133 7741;AZ 40 47 87;BA 44 18 51;BB 13 -59 0.4;BD 24 90 148;BE 51 4 31;BF 13 -2 274;BG 43 25 111
BH 26 50 0.8;BI -3 30 28;BJ 9 2 113;BN 4 115 6;BO -17 -65 1099;BR -10 -55 8515;BS 24 -76 14;BT 27 90 38;BW -22 24 582
BY 53 28 208;BZ 17 -89 23;CA 60 -95 9985;CD 0 25 2345;CF 7 21 623;CG -1 15 342;CH 47 8 41;CI 8 -5 322;CL -30 -71 756
CM 6 12 475;CN 35 105 9597;CO 4 -72 1139;CR 10 -84 51;CU 21 -80 111;CV 16 -24 4;CW 12 -69 0.4;CY 35 33 9
CZ 50 15 79;DE 51 9 357;DJ 11 43 23;DK 56 10 43;DM 15 -61 0.8;DO 19 -70 49;DZ 28 3 2382;EC -2 -77 284;EE 59 26 45
EG 27 30 1001;ER 15 39 118;ES 40 -4 505;ET 8 38 1104;FI 64 26 338;FJ -18 175 18;FR 46 2 551;GA -1 12 268;GB 54 -2 244
GD 12 -62 0.3;GE 42 43 70;GH 8 -2 239;GI 36 -5 0.1;GL 72 -40 2166;GM 13 -16 11;GN 11 -10 246;GQ 2 10 28;GR 39 22 132
GT 15 -90 109;GU 13 145 0.5;GW 12 -15 36;GY 5 -59 215;HK 22 114 1;HN 15 -86 112;HR 45 15 57;HT 19 -72 28;HU 47 20 93
ID -5 120 1905;IE 53 -8 70;IL 31 35 22;IN 20 77 3287;IQ 33 44 438;IR 32 53 1648;IS 65 -18 103;IT 43 13 301
JM 18 -77 11;JO 31 36 89;JP 36 138 378;KE 1 38 580;KG 41 75 200;KH 13 105 181;KM -12 44 2;KN 17 -63 0.3;KP 40 127 121
KR 37 127 100;KW 29 48 18;KZ 48 68 2725;LA 18 105 237;LB 34 36 10;LC 14 -61 0.6;LI 47 10 0.2;LK 7 81 66;LR 6 -9 111
LS -29 28 30;LT 56 24 65;LU 50 6 3;LV 57 25 65;LY 25 17 1760;MA 32 -5 447;MC 44 7 0.1;MD 47 29 34;ME 43 19 14
MG -20 47 587;MK 42 22 26;ML 17 -4 1240;MM 22 98 677;MN 46 105 1564;MO 22 113 0.1;MR 20 -12 1031;MT 36 14 0.3
MU -20 57 2;MV 3 73 0.3;MW -13 34 118;MX 23 -102 1964;MY 2 112 330;MZ -18 35 799;NA -22 17 824;NC -21 165 19
NE 16 8 1267;NG 10 8 924;NI 13 -85 130;NL 52 6 42;NO 62 10 324;NP 28 84 147;NZ -41 174 268;OM 21 57 310;PA 9 -80 75
PE -10 -76 1285;PF -15 -140 4;PG -6 147 463;PH 13 122 300;PK 30 70 796;PL 52 20 313;PR 18 -66 9;PS 32 35 6
PT 39 -8 92;PY -23 -58 407;QA 25 51 12;RE -21 56 3;RO 46 25 238;RS 44 21 77;RU 60 100 17098;RW -2 30 26;SA 25 45 2150
SC -5 56 0.5;SD 15 30 1861;SE 62 15 450;SG 1 104 0.7;SI 46 15 20;SK 49 20 49;SL 8 -12 72;SM 44 12 0.1;SN 14 -14 197
SO 10 49 638;SR 4 -56 164;SS 8 30 644;ST 1 7 1;SV 14 -89 21;SY 35 38 187;SZ -27 32 17;TD 15 19 1284;TG 8 1 57
TH 15 100 513;TJ 39 71 144;TL -9 126 15;TM 40 60 488;TN 34 9 164;TR 39 35 784;TT 11 -61 5;TW 24 121 36;TZ -6 35 947
UA 49 32 604;UG 1 32 241;US 38 -97 9834;UY -33 -56 176;UZ 41 64 447;VC 13 -61 0.4;VE 8 -66 912;VN 16 108 331
VU -16 167 12;WS -14 -172 3;XK 43 21 11;YE 15 48 528;ZA -29 24 1219;ZM -15 30 753;ZW -20 30 391`;

interface Country {
  /** Radians. */
  readonly latitude: number;
  readonly longitude: number;
  /** Kilometres from its middle that still may be it. */
  readonly reach: number;
}

const RADIANS = Math.PI / 180;
const EARTH_KM = 6371;

const COUNTRIES = new Map<string, Country>(
  TABLE.trim()
    .split(/[;\n]/)
    .map((row) => {
      const [code = "", ...numbers] = row.split(" ");
      const [latitude = 0, longitude = 0, area = 0] = numbers.map(Number);
      const reach = Math.sqrt(area * 1000);
      return [code, { latitude: latitude * RADIANS, longitude: longitude * RADIANS, reach }];
    }),
);

/** Kilometres between two countries at their nearest, 0 for neighbours; undefined where one is not known. */
export function distanceBetween(from: string, to: string): number | undefined {
  const a = COUNTRIES.get(from);
  const b = COUNTRIES.get(to);
  if (a === undefined || b === undefined) return undefined;
  // The haversine formula: great circles on a sphere.
  const h =
    Math.sin((b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(a.latitude) * Math.cos(b.latitude) * Math.sin((b.longitude - a.longitude) / 2) ** 2;
  return Math.max(0, 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h))) - a.reach - b.reach);
}
