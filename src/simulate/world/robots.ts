/** Programs that visit on their own account, with the networks their makers publish. */
export interface Crawler {
  readonly name: string;
  readonly userAgent: string;
  readonly v4: string;
  /** Machines that take part. */
  readonly machines: number;
  /** Relative number of pages. */
  readonly weight: number;
  /** Median seconds between pages while it is at work. */
  readonly pace: number;
  readonly wants: "pages" | "pictures";
}

export const CRAWLERS: readonly Crawler[] = [
  {
    name: "googlebot",
    userAgent:
      "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.7632.45 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    v4: "66.249.64.0/20",
    machines: 14,
    weight: 26,
    pace: 4,
    wants: "pages",
  },
  {
    name: "googlebot-image",
    userAgent: "Googlebot-Image/1.0",
    v4: "66.249.72.0/24",
    machines: 4,
    weight: 8,
    pace: 5,
    wants: "pictures",
  },
  {
    name: "bingbot",
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
    v4: "40.77.167.0/24",
    machines: 10,
    weight: 16,
    pace: 5,
    wants: "pages",
  },
  {
    name: "gptbot",
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; +https://openai.com/gptbot)",
    v4: "20.171.207.0/24",
    machines: 3,
    weight: 12,
    pace: 1.4,
    wants: "pages",
  },
  {
    name: "claudebot",
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    v4: "216.73.216.0/24",
    machines: 3,
    weight: 9,
    pace: 1.8,
    wants: "pages",
  },
  {
    name: "applebot",
    userAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)",
    v4: "17.241.75.0/24",
    machines: 6,
    weight: 5,
    pace: 9,
    wants: "pages",
  },
  {
    name: "ahrefsbot",
    userAgent: "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    v4: "54.36.148.0/23",
    machines: 12,
    weight: 9,
    pace: 3,
    wants: "pages",
  },
  {
    name: "semrushbot",
    userAgent: "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
    v4: "185.191.171.0/28",
    machines: 8,
    weight: 8,
    pace: 3,
    wants: "pages",
  },
  {
    name: "amazonbot",
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot) Chrome/119.0.6045.214 Safari/537.36",
    v4: "23.20.0.0/14",
    machines: 9,
    weight: 6,
    pace: 6,
    wants: "pages",
  },
  {
    name: "meta-externalagent",
    userAgent: "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    v4: "57.141.0.0/24",
    machines: 8,
    weight: 7,
    pace: 2,
    wants: "pages",
  },
  {
    name: "duckduckbot",
    userAgent: "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)",
    v4: "40.80.242.0/24",
    machines: 2,
    weight: 2,
    pace: 14,
    wants: "pages",
  },
  {
    name: "petalbot",
    userAgent: "Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)",
    v4: "114.119.128.0/19",
    machines: 16,
    weight: 4,
    pace: 11,
    wants: "pages",
  },
];

export interface Monitor {
  readonly name: string;
  readonly userAgent: string;
  readonly addresses: readonly string[];
  readonly method: "GET" | "HEAD";
  readonly watches: "home" | "health" | "keys";
}

export const MONITORS: readonly Monitor[] = [
  {
    name: "uptimerobot",
    userAgent: "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    addresses: ["216.144.248.23", "69.162.124.229", "63.143.42.248", "46.137.190.132"],
    method: "HEAD",
    watches: "home",
  },
  {
    name: "pingdom",
    userAgent: "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
    addresses: ["178.255.152.2", "185.39.146.214", "85.195.116.134", "151.106.52.134", "43.225.198.122"],
    method: "GET",
    watches: "home",
  },
  {
    name: "betteruptime",
    userAgent:
      "Better Stack Better Uptime Bot Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36",
    addresses: ["65.21.153.5", "5.161.92.161", "49.12.212.40"],
    method: "GET",
    watches: "health",
  },
  {
    name: "load balancer",
    userAgent: "ELB-HealthChecker/2.0",
    addresses: ["10.20.1.14", "10.20.2.9"],
    method: "GET",
    watches: "health",
  },
  { name: "cluster", userAgent: "kube-probe/1.32", addresses: ["10.20.4.1"], method: "GET", watches: "keys" },
];

/** Readers of the blog's feed. */
export const FEED_READERS = [
  "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 14 subscribers; like FeedFetcher-Google)",
  "Mozilla/5.0 (compatible; inoreader.com; 6 subscribers)",
  "NewsBlur Feed Fetcher - 3 subscribers - https://www.newsblur.com/site/8123456",
  "Tiny Tiny RSS/24.04-6e7a2c1 (https://tt-rss.org/)",
  "FreshRSS/1.25.0 (Linux; https://freshrss.org)",
  "NetNewsWire (RSS Reader; https://netnewswire.com/)",
  "Miniflux/2.2.6",
] as const;
