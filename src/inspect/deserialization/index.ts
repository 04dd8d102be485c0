/** Serialised objects of Java, PHP, .NET, Python, Ruby and Node: reading them can run code. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { findSigns, signs, strongest } from "../signs.ts";

export const deserialization: Detector = {
  class: "deserialization",
  id: "deserialization",
  title: "Unsafe deserialisation",
  meaning:
    "The value is a serialised object; a server that revives it can be made to run code of the sender's choice.",
  cwe: ["CWE-502"],
  patterns: ["CAPEC-586", "T1190", "T1059"],
  owasp: ["API8:2023", "API10:2023"],
  falsePositives: ["View states and session cookies of older frameworks"],
  wants: (bits) =>
    (bits & (shape.TAG | shape.CODE_WORD | shape.ENCODED | shape.CONTROL | shape.MARK)) !== 0 ||
    ((bits & shape.BRACE) !== 0 && (bits & shape.COLON) !== 0) ||
    ((bits & shape.COLON) !== 0 && (bits & shape.DQUOTE) !== 0),
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    if (best === undefined || best.score < 0.1) return NO_MATCH;
    return [context.role === "code" ? { ...best, score: best.score * 0.5 } : best];
  },
};

interface Magic {
  readonly rule: string;
  /** At the start of the value. */
  readonly text: string;
  readonly score: number;
  readonly reason: string;
}

const JAVA = "A serialised Java object.";
const MAGICS: readonly Magic[] = [
  { rule: "deserialization/java", text: "rO0AB", score: 0.75, reason: JAVA },
  { rule: "deserialization/java", text: "KztAAU", score: 0.6, reason: JAVA },
  { rule: "deserialization/java", text: "Cs7QAF", score: 0.6, reason: JAVA },
  { rule: "deserialization/java", text: "aced0005", score: 0.75, reason: JAVA },
  { rule: "deserialization/java", text: "ACED0005", score: 0.75, reason: JAVA },
  { rule: "deserialization/java", text: "\u00ac\u00ed\u0000\u0005", score: 0.9, reason: JAVA },
  { rule: "deserialization/dotnet", text: "AAEAAAD/////", score: 0.8, reason: "A serialised .NET object." },
  { rule: "deserialization/dotnet", text: "/wEP", score: 0.2, reason: "A view state of ASP.NET." },
  { rule: "deserialization/python", text: "gASV", score: 0.55, reason: "A pickled Python object." },
  {
    rule: "deserialization/python",
    text: "gAJj",
    score: 0.6,
    reason: "A pickled Python object that names a function.",
  },
  {
    rule: "deserialization/python",
    text: "Y29zCnN5c3RlbQ",
    score: 0.9,
    reason: "A pickled Python object that calls the shell.",
  },
  { rule: "deserialization/ruby", text: "BAhv", score: 0.55, reason: "A marshalled Ruby object." },
  {
    rule: "deserialization/ruby",
    text: "BAh7",
    score: 0.15,
    reason: "A marshalled Ruby hash, as Rails sessions were.",
  },
  { rule: "deserialization/php", text: "Tzo", score: 0.35, reason: "A serialised PHP object in base64." },
];

export const DESERIALIZATION_SIGNS = [
  ...signs("deserialization/python", "A pickled Python object that names a function.", {
    "cos\nsystem": 0.9,
    "cposix\nsystem": 0.9,
    "c__builtin__\n": 0.85,
    "csubprocess\n": 0.9,
    "cbuiltins\n": 0.85,
  }),
  ...signs("deserialization/yaml", "A YAML tag that creates an object of any class.", {
    "!!python/object": 0.85,
    "!!python/name": 0.75,
    "!!python/module": 0.75,
    "!ruby/object": 0.75,
    "!ruby/hash": 0.7,
    "!!javax.": 0.85,
    "!!java.": 0.75,
    "!!com.sun": 0.85,
    "!!org.": 0.6,
    "!php/object": 0.75,
  }),
  ...signs("deserialization/node", "A function that node-serialize would call while reading.", {
    _$$nd_func$$_: 0.95,
  }),
  ...signs("deserialization/dotnet", "A .NET type that runs something while it is read.", {
    objectdataprovider: 0.85,
    "system.windows.data": 0.75,
    windowsidentity: 0.6,
    typeconfusedelegate: 0.8,
    '"$type":"system.': 0.65,
    '"$type": "system.': 0.65,
    resourcedictionary: 0.4,
    losformatter: 0.6,
    binaryformatter: 0.5,
  }),
  ...signs("deserialization/java", "A Java type that runs something while it is read.", {
    "<java version=": 0.8,
    "java.beans.xmldecoder": 0.85,
    "<java.util.priorityqueue": 0.8,
    "<dynamic-proxy>": 0.75,
    "<sorted-set>": 0.55,
    "<linked-hash-set>": 0.5,
    "jdk.nashorn.internal": 0.85,
    "<tree-map>": 0.45,
    '"@type":"com.sun': 0.9,
    '"@type":"java.': 0.7,
    '"@type":"org.apache': 0.75,
    '"@type": "com.sun': 0.9,
    '"@class":"': 0.4,
    templatesimpl: 0.6,
    jdbcrowsetimpl: 0.85,
  }),
];

/** The field that names the class to be made, in fastjson, Jackson and json-io. */
const CLASS_FIELD = /(?:^|[.\]])@(?:type|class)$/;
/** Packages whose classes do something while they are made; an API names its own. */
const FOREIGN_CLASS =
  /^\s{0,4}l?(?:java|javax|sun|com\.sun|org\.(?:apache|springframework|hibernate|codehaus))\.[\w.$]{3,120};?\s{0,4}$/;

const PHP_OBJECT = /(?:^|[;{}"'\s=:])[OC]:\+?\d{1,6}:"[\w\\]{1,120}":\d{1,6}:\{/;
const PHP_LOOSE = /(?:^|[;{}"'\s=])O:\+?\d{1,6}:"/;

function* findAll(reading: Reading, context: Context): Generator<Match> {
  const { text } = reading;
  const from = text.startsWith("Bearer ") ? 7 : 0;
  for (const { rule, text: magic, score, reason } of MAGICS) {
    if (!text.startsWith(magic, from) || context.place === "path") continue;
    yield { rule, score, reason, start: from, end: Math.min(text.length, from + 80) };
  }
  const php = PHP_OBJECT.exec(text) ?? PHP_LOOSE.exec(text);
  if (php !== null) {
    yield {
      rule: "deserialization/php",
      score: php[0].endsWith("{") ? 0.75 : 0.6,
      reason: "A serialised PHP object.",
      start: php.index,
      end: Math.min(text.length, php.index + 80),
    };
  }
  if (CLASS_FIELD.test(context.name) && FOREIGN_CLASS.test(reading.lower)) {
    yield {
      rule: "deserialization/java",
      score: 0.7,
      reason: "The field makes the server create an object of a class of its libraries.",
      start: 0,
      end: text.length,
    };
  }
  yield* findSigns(reading, DESERIALIZATION_SIGNS);
}
