/** Where the shop's customers live: share of customers, hours east of UTC in March, and what their browsers ask for. */
export interface Country {
  readonly code: string;
  readonly share: number;
  readonly utcOffset: number;
  readonly language: string;
}

export const COUNTRIES: readonly Country[] = [
  { code: "DE", share: 0.25, utcOffset: 1, language: "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7" },
  { code: "GB", share: 0.16, utcOffset: 0, language: "en-GB,en;q=0.9" },
  { code: "US", share: 0.14, utcOffset: -5, language: "en-US,en;q=0.9" },
  { code: "FR", share: 0.11, utcOffset: 1, language: "fr-FR,fr;q=0.9,en;q=0.7" },
  { code: "NL", share: 0.06, utcOffset: 1, language: "nl-NL,nl;q=0.9,en;q=0.8" },
  { code: "ES", share: 0.05, utcOffset: 1, language: "es-ES,es;q=0.9,en;q=0.6" },
  { code: "IT", share: 0.05, utcOffset: 1, language: "it-IT,it;q=0.9,en;q=0.6" },
  { code: "PL", share: 0.045, utcOffset: 1, language: "pl-PL,pl;q=0.9,en;q=0.6" },
  { code: "SE", share: 0.03, utcOffset: 1, language: "sv-SE,sv;q=0.9,en;q=0.8" },
  { code: "AT", share: 0.03, utcOffset: 1, language: "de-AT,de;q=0.9,en;q=0.7" },
  { code: "CH", share: 0.02, utcOffset: 1, language: "de-CH,de;q=0.9,fr;q=0.7,en;q=0.6" },
  { code: "CA", share: 0.015, utcOffset: -5, language: "en-CA,en;q=0.9,fr-CA;q=0.5" },
  { code: "IN", share: 0.02, utcOffset: 5.5, language: "en-IN,en;q=0.9,hi;q=0.6" },
  { code: "BR", share: 0.01, utcOffset: -3, language: "pt-BR,pt;q=0.9,en;q=0.5" },
  { code: "JP", share: 0.005, utcOffset: 9, language: "ja,en-US;q=0.7,en;q=0.5" },
  { code: "AU", share: 0.005, utcOffset: 10, language: "en-AU,en;q=0.9" },
  { code: "TR", share: 0.004, utcOffset: 3, language: "tr-TR,tr;q=0.9,en;q=0.6" },
  { code: "MX", share: 0.003, utcOffset: -6, language: "es-MX,es;q=0.9,en;q=0.6" },
  { code: "VN", share: 0.002, utcOffset: 7, language: "vi-VN,vi;q=0.9,en;q=0.6" },
  { code: "PH", share: 0.002, utcOffset: 8, language: "en-PH,en;q=0.9" },
  { code: "EG", share: 0.002, utcOffset: 2, language: "ar-EG,ar;q=0.9,en;q=0.7" },
  { code: "TH", share: 0.002, utcOffset: 7, language: "th-TH,th;q=0.9,en;q=0.6" },
  { code: "RU", share: 0.002, utcOffset: 3, language: "ru-RU,ru;q=0.9,en;q=0.6" },
  { code: "CN", share: 0.002, utcOffset: 8, language: "zh-CN,zh;q=0.9,en;q=0.6" },
];
