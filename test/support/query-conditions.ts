/** Conditions of the query language, generated well typed. */
import fc from "fast-check";

const quoted = (text: string): string =>
  JSON.stringify(text).replace(/\\([bf\\])/g, (whole, kind) =>
    kind === "b" ? "\\u0008" : kind === "f" ? "\\u000c" : whole,
  );

const textLiteral = fc
  .oneof(
    fc.constantFrom(
      "",
      "admin",
      "ADMIN",
      "login",
      "union",
      "select",
      "union select",
      "lect",
      "MIN log",
      "api/v1/user",
      "a1b2c3d4e5f60718",
      "10.0.0.1",
      "2001:DB8::1",
      "a",
      "/api",
      "_",
      "É",
      "привет",
      "σ",
      "k",
      "i̇",
      "10",
      '"',
      "\\",
      "x\ny",
      "😀",
      " ",
    ),
    fc.string({ unit: "grapheme", maxLength: 3 }),
  )
  .map(quoted);
const numberLiteral = fc.oneof(
  fc.constantFrom("0", "1", "-1", "200", "404", "500", "0.5", "1500", "1e21", "41", "7"),
  fc.integer({ min: -1000, max: 3000 }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(3)),
);
const timespanLiteral = fc.constantFrom("1s", "5m", "1h", "90m", "1d", "250ms", "1.5h");
const cidr = fc.constantFrom('"10.0.0.0/8"', '"192.168.1.1"', '"0.0.0.0/0"', '"10.128.0.0/9"');
const cidr6 = fc.constantFrom('"2001:db8::/32"', '"::/0"', '"::1"', '"fe80::/10"');
const regex = fc
  .constantFrom(
    "^a",
    "(?i)ADMIN",
    "[0-9]+",
    "a.b",
    "x.y",
    "\\bu",
    "(union|select)$",
    "^$",
    "é|É",
    "[^a-z]",
    "\\w+\\s\\w+",
    "(?s)x.y",
    "\\pL{3}",
    ".",
    "a{2,3}?",
    "(?i)k",
    "^\\/api\\/v\\d",
  )
  .map((text) => quoted(text));

interface Grammar {
  text: string;
  number: string;
  time: string;
  timespan: string;
  list: string;
  condition: string;
}

export const { condition: conditionText } = fc.letrec<Grammar>((tie: fc.LetrecTypedTie<Grammar>) => {
  const at = <T>(...options: fc.Arbitrary<T>[]) =>
    fc.oneof({ maxDepth: 4, depthIdentifier: "query" }, ...options);
  const f = (template: string, ...parts: fc.Arbitrary<string>[]) =>
    fc
      .tuple(...parts)
      .map((values) => template.split("#").reduce((text, rest, i) => text + values[i - 1] + rest));
  const { text, number, time, timespan, list, condition } = {
    text: tie("text"),
    number: tie("number"),
    time: tie("time"),
    timespan: tie("timespan"),
    list: tie("list"),
    condition: tie("condition"),
  };
  return {
    text: at(
      fc.constantFrom(
        "url.path",
        "url.query",
        "service.name",
        "client.address",
        "user.id",
        "http.request.headers.host",
        'http.request.headers["X-Foo"]',
      ),
      fc.constantFrom(
        "http.request.body",
        "http.request.body.user.name",
        "http.request.body.user",
        'parse_json(http.request.body)["user"].tags[0]',
        "http.request.body.user.tags[-1]",
        "http.request.body[0]",
        "parse_json(http.request.body.user).age",
        "http.request.body.user.ok",
      ),
      f("tolower(#)", text),
      f("toupper(#)", text),
      f("strcat(#, #)", text, text),
      f("substring(#, #, #)", text, fc.constantFrom("0", "2"), fc.constantFrom("0", "1", "5")),
      f('split(#, "/", #)', text, fc.constantFrom("0", "1", "-1", "7")),
      f("iff(#, #, #)", condition, text, text),
      f("coalesce(#, #)", text, text),
      f("tostring(#)", number),
      f("tostring(#)", condition),
      f("tostring(#)", time),
      f("extract(#, 0, #)", regex, text),
    ),
    number: at(
      fc.constantFrom(
        "status",
        "http.response.body.size",
        "duration_ms",
        "client.as.number",
        "finding.score",
      ),
      numberLiteral,
      f("strlen(#)", text),
      f("toint(#)", text),
      f("todouble(#)", text),
      f("toint(#)", number),
      f("(# + #)", number, number),
      f("(# - #)", number, number),
      f("(# * #)", number, number),
      f("(# / #)", number, number),
      f("(# % #)", number, number),
      f("-#", fc.constantFrom("status", "duration_ms")),
      f("bin(#, #)", number, fc.constantFrom("10", "0.5")),
      f("floor(#)", number),
      f("ceiling(#)", number),
      f("round(#, 2)", number),
      f("abs(#)", number),
      f("case(#, #, #, #, #)", condition, number, condition, number, number),
      f("coalesce(#, #)", number, number),
      f("array_length(#)", list),
      f("hourofday(#)", time),
      f("dayofweek(#)", time),
      f("(# / 1s)", timespan),
    ),
    time: at(
      fc.constant("timestamp"),
      fc.constantFrom(
        "ago(1h)",
        "now()",
        "now(-5m)",
        "datetime(2026-03-01)",
        "datetime(2026-03-01T11:59:00.5Z)",
      ),
      f(
        "bin(#, #)",
        time,
        timespanLiteral.filter((literal) => literal !== "1.5h"),
      ),
      f("(# + #)", time, timespan),
      f("(# - #)", time, timespan),
      f("iff(#, #, #)", condition, time, time),
    ),
    timespan: at(
      timespanLiteral,
      f("(# - #)", time, time),
      f("(# * #)", timespan, number),
      f("(# + #)", timespan, timespan),
      f("(# % #)", timespan, timespanLiteral),
    ),
    list: at(fc.constantFrom("finding.class", "finding.rule", "finding.evidence"), f('split(#, "a")', text)),
    condition: at(
      f(
        "# # #",
        text,
        fc.constantFrom(
          "==",
          "!=",
          "=~",
          "!~",
          "has",
          "!has",
          "has_cs",
          "contains",
          "!contains",
          "contains_cs",
          "startswith",
          "!startswith_cs",
          "endswith",
          "endswith_cs",
        ),
        textLiteral,
      ),
      f(
        "# # #",
        text,
        fc.constantFrom("==", "!=", "=~", "contains", "contains_cs", "startswith", "endswith_cs"),
        text,
      ),
      f("# # #", number, fc.constantFrom("==", "!=", "<", "<=", ">", ">="), number),
      f("# # #", time, fc.constantFrom("==", "!=", "<", "<=", ">", ">="), time),
      f("# # #", timespan, fc.constantFrom("<", ">=", "=="), timespan),
      f(
        "# # #",
        fc.constantFrom("http.request.body.user.age", "parse_json(url.query)"),
        fc.constantFrom("==", ">", "!="),
        number,
      ),
      f(
        "# # (#, #)",
        text,
        fc.constantFrom("in", "!in", "in~", "!in~", "has_any", "has_all"),
        textLiteral,
        textLiteral,
      ),
      f("# # (#, #)", number, fc.constantFrom("in", "!in"), numberLiteral, numberLiteral),
      f("# # (# .. #)", number, fc.constantFrom("between", "!between"), number, number),
      f("# between (# .. #)", time, time, time),
      f("# matches regex #", text, regex),
      f("# has #", fc.constantFrom("finding.rule", "finding.evidence"), textLiteral),
      f("# contains #", list, textLiteral),
      f("finding.class has #", fc.constantFrom('"sqli"', '"xss"')),
      f("ipv4_is_in_range(#, #)", fc.constantFrom("client.address", "user.id"), cidr),
      f("ipv6_is_in_any_range(#, #, #)", text, cidr6, cidr6),
      f("ip_is_private(#)", text),
      f("#(#)", fc.constantFrom("isempty", "isnotempty", "isnull"), fc.oneof(text, number, time, list)),
      f("http.request.body.user.ok == #", fc.constantFrom("true", "false")),
      textLiteral,
      f("(# and #)", condition, condition),
      f("(# or #)", condition, condition),
      f("not(#)", condition),
    ),
  };
});
