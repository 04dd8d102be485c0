/** Log-in pages of administration tools, and lists of a site's users: worth knowing, not worth an alarm alone. */

import type { Context } from "../context.ts";
import type { Match } from "../detector.ts";

const PANELS =
  /(?:^|\/)(phpmyadmin\d*|pma\d*|myadmin|mysqladmin|dbadmin|phppgadmin|adminer(?:-[\d.]+)?(?:\.php)?|sqlmanager|websql|sqlbuddy|manager\/html|host-manager|wp-admin|wp-login\.php|administrator(?:\/index\.php)?|cpanel|whm|webmin|plesk|directadmin|ispconfig|vesta|jmx-console|admin-console|nagios|zabbix|cacti|webmail|roundcube|squirrelmail|user\/login\.jsp|admin\.php|admin\/login(?:\.\w+)?|admin\/index\.\w+|login\.action|phpminiadmin|portainer|rundeck|kibana\/app|grafana\/login|solr)(?:\/|$|\.php)/;

export function* findPanel(lower: string): Generator<Match> {
  const found = PANELS.exec(lower);
  if (found === null) return;
  yield {
    rule: "other/admin-panel",
    score: 0.3,
    reason: `The path is the entrance of ${found[1] ?? "an administration tool"}.`,
    start: found.index,
    end: found.index + found[0].length,
  };
}

/** `?author=1` walks through a WordPress site's authors; its API lists them. */
export function* findUserEnumeration(lower: string, context: Context): Generator<Match> {
  const listed = lower.indexOf("wp/v2/users");
  if (listed >= 0) {
    yield {
      rule: "other/user-enumeration",
      score: 0.4,
      reason: "WordPress lists its users here.",
      start: listed,
      end: listed + 11,
    };
  }
  if (context.place === "query" && context.name === "author" && /^\d{1,4}$/.test(lower)) {
    yield {
      rule: "other/user-enumeration",
      score: 0.4,
      reason: "WordPress redirects an author's number to the author's name.",
      start: 0,
      end: lower.length,
    };
  }
}
