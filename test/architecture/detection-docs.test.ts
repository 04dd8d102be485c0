/**
 * `docs/detection.md`, `docs/inspection.md` and the README's table of detectors say what the descriptors say. After a change of a
 * descriptor, `npx vitest run test/architecture/detection-docs.test.ts -u` writes the document anew.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Descriptor, Threshold } from "../../src/detect/detector.ts";
import { DETECTORS } from "../../src/detect/detectors.ts";
import { DETECTORS as INSPECTIONS } from "../../src/inspect/detectors.ts";

const root = join(import.meta.dirname, "../..");
const descriptors = DETECTORS.map(({ descriptor }) => descriptor);

const INTRODUCTION = `# What Vedette detects

${descriptors.length} detectors look at what a source does over time. Each verdict shows its own arithmetic: what was observed, what
is usual, where the line is, and what would not have fired. This page is made from the detectors' own descriptors
(\`src/detect/*/descriptor.ts\`); a test keeps it true.

- **Severity** is the usual one. A verdict can be higher (it worked, it was massive) or \`info\`: a true fact worth
  keeping, never an alarm.
- **Needs**: without these fields in the log the detector is off, and the report says so under "Blind spots". With the
  fields under **sees more with** it sees more.
- **Thresholds**: the floor holds from the first event on. Where something is learned, the line is the higher of the
  floor and the learned value; it never falls below the floor. Each verdict says where its line came from.
- **Set your own**: another floor within the bounds, or a detector switched off, under \`detection:\` in the
  configuration file (\`vedette serve --config\`, \`vedette scan --config\`) or while the server runs, over its API
  ([server.md](server.md#detection)). See first what it would change: \`vedette backtest\`.
- References: [OWASP API Security Top 10 (2023)](https://owasp.org/API-Security/editions/2023/en/0x11-t10/),
  [MITRE ATT&CK](https://attack.mitre.org/), [CWE](https://cwe.mitre.org/).
`;

const code = (text: string) => `\`${text}\``;
const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");

function references({ owasp, mitre, cwe }: Descriptor): string {
  return [
    ...owasp,
    ...mitre.map((id) => `[${id}](https://attack.mitre.org/techniques/${id.replace(".", "/")}/)`),
    ...cwe.map((id) => `[${id}](https://cwe.mitre.org/data/definitions/${id.slice(4)}.html)`),
  ].join(", ");
}

function thresholdRow({ name, floor, least, most, unit, learned, why }: Threshold): string {
  const number = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 4 });
  return `| ${code(name)} | ${number(floor)} ${unit} | ${number(least)} to ${number(most)} | ${learned} | ${why} |`;
}

function sectionOf(descriptor: Descriptor): string {
  const better = Object.entries(descriptor.better).map(([field, what]) => `${code(field)} (${what})`);
  return `## ${descriptor.title}
${code(descriptor.id)} · category ${code(descriptor.category)} · usually ${code(descriptor.severity)} · ${references(descriptor)}

${descriptor.meaning}

Needs ${descriptor.needs.map(code).join(", ")}.${better.length === 0 ? "" : ` Sees more with ${better.join(", ")}.`}

| threshold | floor | may be set to | learned | why this floor |
|---|---|---|---|---|
${descriptor.thresholds.map(thresholdRow).join("\n")}

**Known false positives**
${list(descriptor.falsePositives)}

**Investigate**
${list(descriptor.investigate)}

**Respond**
${list(descriptor.respond)}
`;
}

describe("the documents about detection", () => {
  it("docs/detection.md is what the descriptors say", async () => {
    const text = [INTRODUCTION, ...descriptors.map(sectionOf)].join("\n");
    await expect(text).toMatchFileSnapshot(join(root, "docs/detection.md"));
  });

  it.each(descriptors)("the README has the row of $id", ({ title, meaning, id }) => {
    const rows = readFileSync(join(root, "README.md"), "utf8").split("\n");
    expect(rows).toContain(`| [${title}](docs/detection.md#${anchorOf(title)}) ${code(id)} | ${meaning} |`);
  });
});

describe("docs/inspection.md", () => {
  const rows = readFileSync(join(root, "docs/inspection.md"), "utf8").split("\n");

  it.each(INSPECTIONS)("has the row of $class", ({ class: name, title, meaning, cwe }) => {
    const weaknesses = cwe.length === 0 ? "" : ` (${cwe.join(", ")})`;
    expect(rows).toContain(`| ${code(name)} | **${title}**${weaknesses}. ${meaning} |`);
  });
});

/** As GitHub makes it from a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(/\s/g, "-");
}
