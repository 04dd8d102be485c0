/** Java and the expression languages on it: OGNL, SpEL, EL, MVEL, Groovy. Class names are how they reach out. */
import type { Context } from "../context.ts";
import type { Match, Reading } from "../detector.ts";
import { findSigns, signs } from "../signs.ts";

export const JAVA_SIGNS = [
  ...signs("code/java-runtime", "Java that starts a process or loads code.", {
    getruntime: 0.7,
    "java.lang.runtime": 0.75,
    "java.lang.processbuilder": 0.75,
    "java.runtime": 0.6,
    "java.processbuilder": 0.6,
    "new processbuilder": 0.75,
    "processbuilder(": 0.65,
    "processbuilder.": 0.5,
    ".forname(": 0.55,
    ".getdeclaredmethod": 0.6,
    ".getmethod(": 0.5,
    ".newinstance(": 0.5,
    ".defineclass(": 0.65,
    "javax.script.scriptenginemanager": 0.75,
    scriptenginemanager: 0.65,
    "groovy.lang.": 0.65,
    groovyshell: 0.65,
    "@groovy.transform": 0.7,
    "bsh.interpreter": 0.7,
    urlclassloader: 0.65,
    "commons.io.ioutils": 0.6,
    "org.springframework.": 0.35,
    "com.opensymphony.xwork2": 0.75,
    "org.apache.struts2": 0.7,
    "javax.naming.": 0.6,
    "com.sun.rowset.jdbcrowsetimpl": 0.8,
    "com.sun.org.apache": 0.65,
    "sun.misc.unsafe": 0.65,
    "java.beans.xmldecode": 0.7,
  }),
  ...signs("code/ognl", "OGNL reaches static members and the value stack of a Struts application.", {
    "#_memberaccess": 0.9,
    "_memberaccess[": 0.9,
    "#context[": 0.8,
    "#request[": 0.6,
    "#session[": 0.5,
    "@java.": 0.8,
    "@org.apache": 0.75,
    "@ognl.": 0.85,
    "#cmd=": 0.7,
    "#parameters.": 0.6,
    allowstaticmethodaccess: 0.85,
    denymethodexecution: 0.85,
    "multipart/form-data')": 0.7,
    "%{(#": 0.9,
    "%{#": 0.75,
    "${(#": 0.9,
    "%{@": 0.8,
    "redirect:${": 0.7,
    "action:${": 0.7,
    "redirectaction:": 0.5,
  }),
  ...signs("code/spel", "A Spring expression reaches a class.", {
    "t(java.": 0.9,
    "t(org.": 0.7,
    "new java.": 0.7,
    "#{t(": 0.85,
    "${t(": 0.85,
    ".getclass()": 0.6,
    ".class.forname": 0.75,
    "#this.": 0.4,
    "#root.": 0.45,
  }),
  ...signs("code/class-loader", "Binding reaches the class loader (CVE-2022-22965, CVE-2014-0094).", {
    "class.module.classloader": 0.9,
    "class.classloader": 0.8,
    "class['classloader']": 0.85,
    "class[module]": 0.7,
    "classloader.resources": 0.85,
    "classloader.urls": 0.8,
  }),
  ...signs("code/java-gadget", "A class of a deserialisation gadget chain.", {
    invokertransformer: 0.6,
    instantiatetransformer: 0.6,
    instantiatefactory: 0.55,
    clonetransformer: 0.55,
    chainedtransformer: 0.6,
    constanttransformer: 0.6,
    prototypeclonefactory: 0.55,
    prototypeserializationfactory: 0.55,
    whileclosure: 0.55,
    forclosure: 0.55,
    templatesimpl: 0.65,
    annotationinvocationhandler: 0.65,
    badattributevalueexpexception: 0.7,
    "java.evil": 0.55,
    "processbuilder.evil": 0.6,
    "runtime.evil": 0.55,
  }),
];

/** A qualified name of the platform's own packages. */
const QUALIFIED =
  /(?:^|[^\w./])((?:java|javax)\.(?:lang|io|util|net|nio|rmi|beans|security|sql|script|naming|xml|el|faces|servlet|management|awt|text)\.[\w.$]{2,80}|org\.(?:apache|omg|jboss|hibernate|codehaus)\.[\w.$]{3,80}|com\.(?:sun|oracle|bea)\.[\w.$]{3,80})/i;
/** Classes that do nothing a caller could want done. */
const INERT = /(?:exception|error|throwable|logger|log4j|slf4j|appender)\w{0,80}$/i;
const TELEMETRY =
  /(?:exception|error|logger|class|type|thread|stack|cause|trace|package|bundle|source|component|module|service)/i;

export function* findJava(reading: Reading, context: Context): Generator<Match> {
  const trace = isTrace(reading.lower) ? 0.4 : 1;
  for (const match of findSigns(reading, JAVA_SIGNS))
    yield trace === 1 ? match : { ...match, score: match.score * trace };
  // Nobody encodes these words but to carry them past a filter.
  if (context.trail.includes("base64") && /^\s*(?:runtime|processbuilder)\s*$/.test(reading.lower)) {
    yield {
      rule: "code/java-runtime",
      score: 0.5,
      reason: "The name of a class that starts processes, encoded.",
      start: 0,
      end: reading.text.length,
    };
  }
  const found = QUALIFIED.exec(reading.text);
  if (found?.[1] === undefined) return;
  const alone = found[1].length >= reading.text.trim().length - 2;
  const inert = INERT.test(found[1]) || TELEMETRY.test(context.name);
  yield {
    rule: "code/java-class",
    score: (inert ? 0.25 : alone ? 0.5 : 0.4) * trace,
    reason: `${found[1]} is a class of the Java platform.`,
    start: found.index,
    end: found.index + found[0].length,
  };
}

/** Stack traces name classes by the dozen. */
function isTrace(lower: string): boolean {
  return /(?:^|\n)\s{0,20}at [\w.$<>]{3,200}\(|\.java:\d+\)|caused by: |traceback \(most recent/.test(lower);
}
