/** Made from `client/` and `style/` by assets.test.ts, which says how: not to be changed by hand. */
export const SCRIPT = `
(function() {
	// src/report/format-values.ts
	const MONTHS = [
		"Jan",
		"Feb",
		"Mar",
		"Apr",
		"May",
		"Jun",
		"Jul",
		"Aug",
		"Sep",
		"Oct",
		"Nov",
		"Dec"
	];
	function count(value) {
		return Math.round(value).toString().replace(/\\B(?=(?:\\d{3})+$)/g, ",");
	}
	function plural(value, one, many = \`\${one}s\`) {
		return \`\${count(value)} \${value === 1 ? one : many}\`;
	}
	function dateTime(time) {
		return \`\${date(time)} \${clock(time)}\`;
	}
	function date(time) {
		const at = new Date(time);
		return \`\${at.getUTCDate()} \${MONTHS[at.getUTCMonth()]} \${at.getUTCFullYear()}\`;
	}
	function clock(time) {
		return new Date(time).toISOString().slice(11, 16);
	}
	function span(from, to) {
		if (date(from) === date(to)) return clock(from) === clock(to) ? dateTime(from) : \`\${dateTime(from)} to \${clock(to)}\`;
		return \`\${dateTime(from)} to \${dateTime(to)}\`;
	}
	function duration(milliseconds) {
		for (const [size, unit] of [
			[864e5, "day"],
			[36e5, "hour"],
			[6e4, "minute"],
			[1e3, "second"]
		]) if (milliseconds >= size * 1.5 || size === 1e3 && milliseconds >= 1e3) return plural(Math.round(milliseconds / size), unit);
		return "under a second";
	}
	// src/report/html/view/figures.ts
	function percent(share) {
		const value = share * 100;
		if (value > 0 && value < .1) return "under 0.1 %";
		return \`\${value < 10 && value !== Math.round(value) ? value.toFixed(1) : Math.round(value)} %\`;
	}
	function figure(value) {
		if (Math.abs(value) >= 100 || Number.isInteger(value)) return count(value);
		return String(Math.round(value * 100) / 100);
	}
	function measured(value, unit) {
		return unit === "certainty" ? percent(value) : figure(value);
	}
	function milliseconds(value) {
		if (value >= 1e4) return \`\${count(value / 1e3)} s\`;
		if (value >= 1e3) return \`\${(value / 1e3).toFixed(1)} s\`;
		return \`\${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ms\`;
	}
	function spanWords(from, to) {
		if (from === null || to === null) return "no time";
		return span(from, to);
	}
	function shortSpan(from, to) {
		const words = spanWords(from, to);
		return new Set(words.match(/ \\d{4}(?= )/g)).size > 1 ? words : words.replace(/ \\d{4}(?= )/g, "");
	}
	function moment(time) {
		if (time === null) return "no time";
		return \`\${dateTime(time)}:\${new Date(time).toISOString().slice(17, 19)}\`;
	}
	function step(from, to) {
		if (to - from >= 6e4) return span(from, to);
		return \`\${moment(from)} to \${moment(to).slice(-8)}\`;
	}
	function tickWords(time, stepMs) {
		return stepMs >= DAY$2 || time % DAY$2 === 0 ? day(time) : clock(time);
	}
	function day(time) {
		return date(time).replace(/ \\d{4}$/, "");
	}
	const DAY$2 = 864e5;
	// src/report/html/view/words.ts
	const SEVERITY_ORDER = [
		"critical",
		"high",
		"medium",
		"low",
		"info"
	];
	const OUTCOME_WORDS = {
		unknown: "outcome unknown",
		attempted: "attempted",
		probably_succeeded: "probably succeeded",
		succeeded: "succeeded"
	};
	const CLASS_WORDS = {
		sqli: "SQL injection",
		nosqli: "NoSQL injection",
		xss: "cross-site scripting",
		cmdi: "command injection",
		code: "code injection",
		traversal: "path traversal",
		lfi_rfi: "file inclusion",
		ssrf: "server-side request forgery",
		ssti: "template injection",
		xxe: "XML external entity",
		ldap: "LDAP injection",
		xpath: "XPath injection",
		log4shell: "Log4Shell",
		deserialization: "deserialisation",
		crlf: "header injection",
		open_redirect: "open redirect",
		prototype_pollution: "prototype pollution",
		webshell: "web shell",
		other: "other payload"
	};
	function outcomeWords(outcome) {
		return OUTCOME_WORDS[outcome];
	}
	function categoryWords(category) {
		return category.replaceAll("_", " ");
	}
	function classWords(of) {
		return CLASS_WORDS[of];
	}
	function kindWords(of) {
		return of.class === null ? categoryWords(of.category) : classWords(of.class);
	}
	function entityWords(type) {
		return type.replace(/\\.(?:id|name|fingerprint)$/, "").replaceAll(/[._]/g, " ");
	}
	function sentence(text) {
		return text.slice(0, 1).toUpperCase() + text.slice(1);
	}
	// src/report/html/client/element.js
	function element(tag, className, ...children) {
		const made = document.createElement(tag);
		if (className !== "") made.className = className;
		made.append(...children);
		return made;
	}
	function drawn(tag, attributes, ...children) {
		const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
		for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
		made.append(...children);
		return made;
	}
	function button(className, onClick, ...children) {
		const made = element("button", className, ...children);
		made.type = "button";
		made.addEventListener("click", onClick);
		return made;
	}
	function logged(className, text) {
		return element("bdi", \`log \${className}\`.trim(), text);
	}
	function spoken(text) {
		return element("span", "spoken", text);
	}
	// src/report/html/client/table-head.js
	function columnHead(text) {
		const made = element("th", "", text);
		made.scope = "col";
		return made;
	}
	// src/report/html/client/evidence.js
	function evidence(samples) {
		const table = element("table", "evidence", element("thead", "", element("tr", "", ...[
			"Where",
			"Time (UTC)",
			"Status",
			"Request"
		].map(columnHead))));
		table.append(element("tbody", "", ...samples.map(row$1)));
		return table;
	}
	function row$1(sample) {
		const status = sample.status === null ? "-" : String(sample.status);
		const request = element("td", "request", requestText(sample));
		for (const finding of sample.findings) request.append(findingBlock(finding));
		return element("tr", "", element("td", "place", logged("code", sample.place)), element("td", "time", moment(sample.time)), element("td", \`status s\${status.slice(0, 1)}\`, status), request);
	}
	function requestText({ request, findings }) {
		const made = logged("code", "");
		const parts = findings.map(({ evidence: text }) => ({
			at: text.length < 2 ? -1 : request.lastIndexOf(text),
			length: text.length
		})).filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at);
		let done = 0;
		for (const { at, length } of parts) {
			if (at < done) continue;
			made.append(request.slice(done, at), element("mark", "", request.slice(at, at + length)));
			done = at + length;
		}
		made.append(request.slice(done));
		return made;
	}
	function findingBlock(finding) {
		const made = element("div", "finding", element("p", "", element("b", "", sentence(classWords(finding.class))), " in ", logged("code", finding.location), element("span", "note", \` \${percent(finding.score)} by itself\`)));
		const forms = element("dl", "forms");
		if (finding.evidence !== "") forms.append(...form("as sent", finding.evidence));
		if (finding.decoded !== "" && finding.decoded !== finding.evidence) forms.append(...form("decoded", finding.decoded));
		made.append(forms);
		if (finding.reason !== "") made.append(element("p", "reason", logged("", finding.reason)));
		return made;
	}
	function form(name, text) {
		return [element("dt", "", name), element("dd", "", logged("code", text))];
	}
	// src/report/html/view/gauge.ts
	const HEADROOM = 1.04;
	function gaugeOf(of) {
		const whole = Math.max(of.observed, of.expected ?? 0, of.threshold, Number.MIN_VALUE) * HEADROOM;
		const share = (value) => Math.min(1, Math.max(0, value / whole));
		return {
			observed: share(of.observed),
			expected: of.expected === null ? null : share(of.expected),
			threshold: share(of.threshold),
			against: of.unit === "certainty" ? "" : againstWords(of.observed, of.threshold)
		};
	}
	function againstWords(observed, threshold) {
		if (threshold <= 0) return "";
		const times = observed / threshold;
		if (times === 1) return "at the line";
		if (times < 1) return \`\${Math.round(times * 100)} % of the line\`;
		if (times < 1.1) return "just over the line";
		return \`\${times < 10 ? Math.round(times * 10) / 10 : Math.round(times)} × the line\`;
	}
	// src/report/html/client/gauge.js
	function gauge(detection) {
		const { unit } = detection;
		const { observed, expected, threshold, against } = gaugeOf(detection);
		const line = drawn("svg", {
			viewBox: "0 0 100 12",
			preserveAspectRatio: "none",
			"aria-hidden": "true"
		}, drawn("rect", {
			x: 0,
			y: 3,
			width: 100,
			height: 6,
			class: "track"
		}), drawn("rect", {
			x: 0,
			y: 3,
			width: observed * 100,
			height: 6,
			class: "observed"
		}));
		if (expected !== null) line.append(mark$1(expected, "expected", 2.5, 9.5));
		line.append(mark$1(threshold, "threshold", 0, 12));
		const numbers = element("p", "numbers", number("observed", "Observed", measured(detection.observed, unit)));
		numbers.append(number("threshold", "Line", measured(detection.threshold, unit)));
		if (detection.expected !== null) numbers.append(number("expected", "Usual", measured(detection.expected, unit)));
		if (against !== "") numbers.append(element("span", "against", against));
		return element("figure", "gauge", line, element("figcaption", "", numbers, element("p", "unit", logged("", unit))));
	}
	function mark$1(share, name, from, to) {
		return drawn("path", {
			d: \`M\${share * 100} \${from}V\${to}\`,
			class: \`mark \${name}\`,
			"vector-effect": "non-scaling-stroke"
		});
	}
	function number(name, label, value) {
		return element("span", \`number \${name}\`, element("i", "key"), \`\${label} \`, element("b", "", value));
	}
	// src/report/html/client/icons.js
	const BARS = {
		info: 0,
		low: 1,
		medium: 2,
		high: 3,
		critical: 4
	};
	function severityIcon(severity) {
		const icon = drawn("svg", {
			class: "icon",
			viewBox: "0 0 16 16",
			"aria-hidden": "true"
		});
		const reached = BARS[severity];
		if (reached === 0) {
			icon.append(drawn("circle", {
				cx: 8,
				cy: 8,
				r: 5.5,
				class: "hollow"
			}), drawn("circle", {
				cx: 8,
				cy: 8,
				r: 1.6,
				class: "solid"
			}));
			return icon;
		}
		if (reached === 4) {
			icon.append(drawn("rect", {
				x: 1,
				y: 1,
				width: 14,
				height: 14,
				rx: 3.5,
				class: "solid"
			}), drawn("rect", {
				x: 7,
				y: 3.6,
				width: 2,
				height: 5.6,
				rx: 1,
				class: "cut"
			}), drawn("circle", {
				cx: 8,
				cy: 11.6,
				r: 1.2,
				class: "cut"
			}));
			return icon;
		}
		for (const [index, height] of [
			5,
			9,
			13
		].entries()) {
			const bar = {
				x: 1.5 + index * 4.8,
				y: 14.5 - height,
				width: 3.4,
				height,
				rx: 1
			};
			icon.append(drawn("rect", {
				...bar,
				class: index < reached ? "solid" : "faint"
			}));
		}
		return icon;
	}
	function severityBadge(severity) {
		return element("span", \`severity \${severity}\`, severityIcon(severity), sentence(severity));
	}
	function outcomeBadge(outcome) {
		const icon = drawn("svg", {
			class: "icon",
			viewBox: "0 0 16 16",
			"aria-hidden": "true"
		});
		const ring = outcome === "unknown" ? "hollow dashed" : "hollow";
		icon.append(drawn("circle", {
			cx: 8,
			cy: 8,
			r: 5.5,
			class: ring
		}));
		if (outcome === "succeeded") icon.append(drawn("circle", {
			cx: 8,
			cy: 8,
			r: 6.2,
			class: "solid"
		}));
		if (outcome === "probably_succeeded") icon.append(drawn("path", {
			d: "M8 1.8a6.2 6.2 0 0 1 0 12.4z",
			class: "solid"
		}));
		return element("span", \`outcome \${outcome}\`, icon, sentence(outcomeWords(outcome)));
	}
	function mark() {
		return drawn("svg", {
			class: "mark",
			viewBox: "0 0 20 20",
			"aria-hidden": "true"
		}, drawn("rect", {
			x: 3,
			y: 1,
			width: 2,
			height: 18,
			rx: 1,
			class: "solid"
		}), drawn("path", {
			d: "M6.5 3h11l-3.6 3.75 3.6 3.75h-11z",
			class: "solid"
		}));
	}
	// src/report/html/client/section.js
	function section(id, title, lead, ...children) {
		const heading = element("h2", "", title);
		heading.id = \`\${id}-title\`;
		const made = element("section", \`part \${id}\`, heading);
		made.id = id;
		made.setAttribute("aria-labelledby", heading.id);
		if (lead !== "") made.append(element("p", "lead", lead));
		made.append(...children);
		return made;
	}
	function leftOut(text) {
		return element("p", "left-out", text);
	}
	// src/report/html/client/detection-block.js
	function detectionBlock(detection, told, level) {
		const made = element("section", \`detection \${detection.severity}\`);
		made.id = detection.id;
		made.append(heading(detection, level), gauge(detection));
		if (detection.explanation !== "" && !told.includes(detection.explanation)) made.append(element("p", "explanation", logged("", detection.explanation)));
		if (detection.samples.length > 0) made.append(evidence(detection.samples));
		const left = detection.sampleCount - detection.samples.length;
		if (left > 0) {
			const all = detection.samples.length === 0;
			made.append(leftOut(\`\${all ? plural(left, "sample") : \`\${count(left)} more samples\`} left out here.\`));
		}
		return made;
	}
	function heading(detection, level) {
		const title = element(level, "", severityBadge(detection.severity), sentence(kindWords(detection)));
		if (detection.endpoint !== "") title.append(" ", logged("code", detection.endpoint));
		return element("div", "detection-head", title, element("p", "detection-facts", ...[
			sentence(outcomeWords(detection.outcome)),
			\`\${percent(detection.confidence)} confidence\`,
			shortSpan(detection.from, detection.to),
			plural(detection.events, "event")
		].map((fact) => element("span", "", fact))));
	}
	// src/report/html/client/lazy-details.js
	const waiting = new WeakMap();
	function lazyDetails(className, summary, body) {
		const made = element("details", className, summary);
		waiting.set(made, () => {
			waiting.delete(made);
			made.append(...body());
		});
		made.addEventListener("toggle", () => {
			if (made.open) waiting.get(made)?.();
		});
		return made;
	}
	function openNow(details) {
		waiting.get(details)?.();
		details.open = true;
	}
	// src/report/html/client/paged.js
	function paged(list, show, sizes) {
		let items = [];
		let shown = 0;
		const more = button("quiet more", () => reach(shown + sizes.step), "");
		return {
			more,
			set,
			reach,
			shown: () => items.slice(0, shown)
		};
		function set(next) {
			items = next;
			shown = 0;
			list.replaceChildren();
			reach(sizes.first);
		}
		function reach(wanted) {
			const to = Math.min(items.length, Math.max(shown, wanted));
			list.append(...items.slice(shown, to).map(show));
			shown = to;
			const left = items.length - shown;
			more.hidden = left === 0;
			more.textContent = left <= sizes.step ? \`Show the other \${count(left)}\` : \`Show \${count(sizes.step)} more of \${count(left)}\`;
		}
	}
	// src/report/html/client/also-seen.js
	const SIZES$1 = {
		first: 20,
		step: 100
	};
	function alsoSeen(page) {
		const list = element("div", "seen-list");
		const pages = paged(list, item, SIZES$1);
		pages.set(page.alsoSeen);
		const left = page.omitted.alsoSeen;
		return section("also-seen", "Also seen", "Unusual, but no cause for alarm by itself.", list, pages.more, ...left > 0 ? [leftOut(\`\${count(left)} more left out; "\${page.command} --output json" has all.\`)] : []);
	}
	function item(detection) {
		const { observed, threshold, unit } = detection;
		return lazyDetails("seen", element("summary", "", element("span", "kind", sentence(kindWords(detection))), element("span", "who", logged("code", detection.endpoint === "" ? detection.who.value : detection.endpoint)), element("span", "sum", \`\${measured(observed, unit)} against a line of \${measured(threshold, unit)}: \`, logged("", unit)), element("span", "when", shortSpan(detection.from, detection.to)), element("span", "events", plural(detection.events, "event"))), () => body(detection));
	}
	function body(detection) {
		const who = element("p", "by", "By ", logged("code", detection.who.value));
		if (detection.memberCount > 1) who.append(\`, \${plural(detection.memberCount, "source")}\`);
		return [who, detectionBlock(detection, "", "h3")];
	}
	// src/report/html/client/copy-button.js
	const SAID_MS = 2e3;
	function copyButton(label, text, shown) {
		const made = button("quiet copy", copy, label);
		made.setAttribute("aria-live", "polite");
		return made;
		async function copy() {
			try {
				await navigator.clipboard.writeText(text());
				say("Copied");
			} catch {
				if (shown !== void 0) getSelection()?.selectAllChildren(shown);
				say(shown === void 0 ? "Not allowed here" : "Selected: press Ctrl+C");
			}
		}
		function say(words) {
			made.textContent = words;
			setTimeout(() => {
				made.textContent = label;
			}, SAID_MS);
		}
	}
	// src/report/html/client/blind-spots.js
	function blindSpots(page) {
		return section("blind-spots", "Blind spots", "What this log does not say cannot be seen in it. Add the fields that matter to you.", element("div", "spots", ...page.blindSpots.map(spot)));
	}
	function spot(blind) {
		const made = element("div", "spot", element("h3", "", sentence(blind.title), " ", element("span", "note code", blind.field)), element("ul", "", ...blind.lost.map((each) => element("li", "", logged("", each)))));
		if (blind.advice !== "") {
			const line = element("code", "", blind.advice);
			made.append(element("div", "configuration", line, copyButton("Copy", () => blind.advice, line)));
		}
		return made;
	}
	// src/report/html/client/header.js
	function header(page, sections) {
		const links = element("nav", "sections");
		links.setAttribute("aria-label", "Sections");
		for (const { id, title, count: number } of sections) {
			const link = element("a", "", title);
			link.href = \`#\${id}\`;
			if (number !== null) link.append(element("span", "number", count(number)));
			links.append(link);
		}
		const brand = element("p", "brand", mark(), "Vedette ", element("span", "", "scan report"));
		const line = element("p", "scanned", logged("subject", page.subject));
		for (const part of facts$1(page)) line.append(" ", element("span", "", part));
		return element("header", "", element("div", "top", brand, links), element("h1", worst(page), page.verdict), line, ...because(page));
	}
	function facts$1(page) {
		const formats = [...new Set(page.inputs.map(({ title }) => shortTitle(title)).filter((title) => title !== ""))];
		const parts = [formats.length === 0 ? "no known format" : formats.slice(0, 3).join(", ")];
		parts.push(plural(page.parsed, "request"));
		if (page.skipped > 0) parts.push(\`\${plural(page.skipped, "line")} not understood\`);
		if (page.from === null || page.to === null) parts.push("no times");
		else parts.push(\`\${span(page.from, page.to)} UTC\`, duration(page.to - page.from));
		return parts;
	}
	function shortTitle(title) {
		return title.replace(/ \\(.*/, "");
	}
	function because(page) {
		const [only] = page.inputs;
		if (only === void 0 || page.inputs.length > 1 || only.evidence === "") return [];
		return [element("p", "because", "Format: ", logged("", only.evidence))];
	}
	function worst(page) {
		return page.incidents[0]?.severity ?? "calm";
	}
	// src/report/html/view/choose.ts
	const ORDERS = [
		"gravest",
		"latest",
		"earliest",
		"longest",
		"most events"
	];
	const EVERYTHING = {
		severities: new Set(),
		category: "",
		text: "",
		order: "gravest"
	};
	function choose(incidents, choice, textOf) {
		const words = choice.text.toLowerCase().split(/\\s+/).filter(Boolean);
		const chosen = incidents.filter((incident) => (choice.severities.size === 0 || choice.severities.has(incident.severity)) && (choice.category === "" || incident.categories.includes(choice.category)) && words.every((word) => textOf(incident).includes(word)));
		const key = KEYS[choice.order];
		return key === void 0 ? chosen : chosen.sort((a, b) => key(b) - key(a));
	}
	const KEYS = {
		latest: ({ to }) => to ?? Number.MIN_SAFE_INTEGER,
		earliest: ({ from }) => -(from ?? Number.MAX_SAFE_INTEGER),
		longest: ({ from, to }) => from === null || to === null ? -1 : to - from,
		"most events": ({ events }) => events
	};
	function searchText(incident) {
		const parts = [
			incident.id,
			incident.title,
			incident.severity,
			outcomeWords(incident.outcome),
			incident.who.value,
			incident.summary,
			incident.recommendation,
			...incident.members,
			...incident.stages,
			...incident.categories.map(categoryWords)
		];
		for (const detection of incident.detections) {
			parts.push(detection.endpoint, detection.service, detection.explanation);
			if (detection.class !== null) parts.push(classWords(detection.class), detection.class);
			for (const sample of detection.samples) {
				parts.push(sample.place, sample.request);
				for (const finding of sample.findings) parts.push(finding.location, finding.decoded);
			}
		}
		return parts.join("\\n").toLowerCase();
	}
	// src/report/html/client/members.js
	const FEW = 8;
	function members(names, total) {
		const made = element("div", "members", element("span", "", \`\${count(total)} in all\`));
		if (names.length === 0) return made;
		const list = element("ul", "");
		const show = (some) => list.append(...some.map((name) => element("li", "", logged("code", name))));
		show(names.slice(0, FEW));
		made.append(list);
		if (names.length > FEW) {
			const rest = names.slice(FEW);
			const more = button("quiet", () => {
				show(rest);
				more.remove();
			}, \`Show \${count(rest.length)} more\`);
			made.append(more);
		}
		const which = names.length < total ? \`the first \${count(names.length)}\` : plural(names.length, "source");
		made.append(copyButton(\`Copy \${which}\`, () => \`\${names.join("\\n")}\\n\`, list));
		return made;
	}
	const STAGES = [
		"reconnaissance",
		"probing",
		"exploit",
		"access",
		"exfiltration",
		"impact"
	];
	// src/report/html/client/stages.js
	function stageChain(reached) {
		const chain = element("ol", "stages");
		chain.setAttribute("aria-label", "Stages of the attack");
		for (const stage of STAGES) {
			const was = reached.includes(stage);
			const dot = element("span", "dot");
			chain.append(element("li", was ? "reached" : "", dot, element("span", "", sentence(stage)), spoken(was ? " (reached)" : " (not seen)")));
		}
		return chain;
	}
	function stageDots(reached) {
		const made = element("span", "stage-dots", spoken(reached.length === 0 ? "" : \`stages: \${reached.join(", ")}\`));
		if (reached.length > 0) made.title = reached.join(" → ");
		for (const stage of STAGES) made.append(element("span", reached.includes(stage) ? "dot reached" : "dot"));
		return made;
	}
	// src/report/html/client/incident-detail.js
	function incidentDetail(incident, page) {
		const story = element("div", "story");
		if (incident.stages.length > 0) story.append(stageChain(incident.stages));
		if (incident.summary !== "") story.append(element("p", "summary", logged("", incident.summary)));
		if (incident.recommendation !== "") story.append(advice(incident.recommendation));
		const detail = [element("div", "overview", story, facts(incident)), ...incident.detections.map((detection) => detectionBlock(detection, incident.summary, "h4"))];
		const left = incident.detectionCount - incident.detections.length;
		if (left > 0) {
			const some = incident.detections.length === 0 ? plural(left, "detection") : \`\${count(left)} more detections\`;
			detail.push(leftOut(\`\${some} left out here; "\${page.command} --output json" has all.\`));
		}
		return detail;
	}
	function advice(text) {
		const steps = text.split(/(?<=[.!?])\\s+(?=\\p{Lu})/u).map((step) => element("li", "", logged("", step)));
		return element("div", "advice", element("h4", "", "What to do"), element("ul", "", ...steps));
	}
	function facts(incident) {
		const list = element("dl", "facts");
		add(sentence(entityWords(incident.who.type)), logged("", incident.who.value));
		if (incident.memberCount > 1) add("Sources", members(incident.members, incident.memberCount));
		const targets = [...new Set(incident.detections.map(({ endpoint }) => endpoint).filter((each) => each !== ""))];
		if (targets.length > 0) add("Target", ...targets.slice(0, 5).map((each) => element("div", "", logged("code", each))));
		add("When", \`\${spanWords(incident.from, incident.to)} UTC\`, lasted(incident));
		add("Detected", \`\${moment(incident.detectedAt)} UTC\`, delay(incident));
		add("Events", count(incident.events));
		add("Outcome", sentence(outcomeWords(incident.outcome)));
		add("Kind", sentence(incident.categories.map(categoryWords).join(", ")));
		return list;
		function add(term, ...values) {
			list.append(element("div", "", element("dt", "", term), element("dd", "", ...values)));
		}
	}
	function lasted({ from, to }) {
		if (from === null || to === null || to - from < 1e3) return "";
		return element("span", "note", \` \${duration(to - from)}\`);
	}
	function delay({ from, detectedAt }) {
		if (from === null || detectedAt === null) return "";
		const late = detectedAt - from;
		return element("span", "note", late < 1e3 ? " with its first event" : \` \${duration(late)} after its first event\`);
	}
	// src/report/html/client/incident-item.js
	function incidentItem(incident, page) {
		let made;
		const parts = () => {
			made ??= make(incident, () => toggle(!isOpen()));
			return made;
		};
		return {
			get node() {
				return parts().node;
			},
			isOpen,
			toggle,
			focus: () => parts().row.focus({ preventScroll: true })
		};
		function isOpen() {
			return made !== void 0 && !made.detail.hidden;
		}
		function toggle(open) {
			const { row, detail, node } = parts();
			if (open && detail.children.length === 0) detail.append(...incidentDetail(incident, page));
			detail.hidden = !open;
			row.setAttribute("aria-expanded", String(open));
			node.classList.toggle("open", open);
		}
	}
	function make(incident, onClick) {
		const row = button("row", onClick, severityBadge(incident.severity), risk(incident.risk), element("span", "title", logged("", incident.title)), outcomeBadge(incident.outcome), stageDots(incident.stages), element("span", "when", shortSpan(incident.from, incident.to)), element("span", "events", plural(incident.events, "event")));
		const detail = element("div", "detail");
		detail.id = \`\${incident.id}-detail\`;
		detail.hidden = true;
		row.setAttribute("aria-expanded", "false");
		row.setAttribute("aria-controls", detail.id);
		const link = element("a", "permalink", "#");
		link.href = \`#\${encodeURIComponent(incident.id)}\`;
		link.title = "Link to this incident";
		link.setAttribute("aria-label", "Link to this incident");
		const node = element("article", \`incident \${incident.severity}\`, element("div", "line", element("h3", "", row), link), detail);
		node.id = incident.id;
		return {
			node,
			row,
			detail
		};
	}
	function risk(value) {
		const bar = drawn("svg", {
			viewBox: "0 0 100 6",
			preserveAspectRatio: "none",
			"aria-hidden": "true"
		}, drawn("rect", {
			width: 100,
			height: 6,
			class: "track"
		}), drawn("rect", {
			width: Math.max(0, Math.min(100, value)),
			height: 6,
			class: "reach"
		}));
		return element("span", "risk", spoken("risk "), String(Math.round(value)), bar);
	}
	// src/report/html/client/toolbar.js
	function toolbar(incidents, onChange, ...more) {
		let choice = EVERYTHING;
		const bySeverity = SEVERITY_ORDER.map((severity) => ({
			severity,
			number: incidents.filter((incident) => incident.severity === severity).length
		})).filter(({ number }) => number > 0);
		const buttons = new Map(bySeverity.map(({ severity, number }) => [severity, severityButton(severity, number)]));
		const category = select("Kind", [["", "All kinds"], ...[...new Set(incidents.flatMap((incident) => incident.categories))].sort().map((each) => [each, sentence(categoryWords(each))])]);
		const order = select("Order", ORDERS.map((each) => [each, \`\${sentence(each)} first\`]));
		const search = element("input", "search");
		search.type = "search";
		search.placeholder = "Search titles, sources, evidence";
		search.setAttribute("aria-label", "Search incidents");
		const told = element("p", "told");
		told.setAttribute("role", "status");
		category.addEventListener("change", () => set({ category: category.value }));
		order.addEventListener("change", () => set({ order: ORDERS.find((each) => each === order.value) ?? "gravest" }));
		search.addEventListener("input", () => set({ text: search.value }));
		search.addEventListener("keydown", (event) => {
			if (event.key === "Escape") clear();
		});
		document.addEventListener("keydown", (event) => {
			const writing = event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
			if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
			event.preventDefault();
			search.focus();
		});
		const severities = element("div", "severities", ...buttons.values());
		severities.setAttribute("role", "group");
		severities.setAttribute("aria-label", "Severity");
		return {
			node: element("div", "toolbar", severities, category, order, search, told, ...more),
			clear,
			say: (words) => told.replaceChildren(words)
		};
		function clear() {
			search.value = "";
			category.value = "";
			set({
				severities: new Set(),
				category: "",
				text: ""
			});
		}
		function set(change) {
			choice = {
				...choice,
				...change
			};
			for (const [severity, made] of buttons) made.setAttribute("aria-pressed", String(choice.severities.has(severity)));
			onChange(choice);
		}
		function severityButton(severity, number) {
			const made = button("chip", () => toggle(severity), severityBadge(severity), element("span", "number", count(number)));
			made.setAttribute("aria-pressed", "false");
			return made;
		}
		function toggle(severity) {
			const severities = new Set(choice.severities);
			if (!severities.delete(severity)) severities.add(severity);
			set({ severities });
		}
	}
	function select(label, options) {
		const made = element("select", "");
		made.setAttribute("aria-label", label);
		for (const [value, words] of options) made.append(new Option(words, value));
		return made;
	}
	// src/report/html/client/incidents.js
	const SIZES = {
		first: 50,
		step: 100
	};
	function incidents(page) {
		const items = new Map(page.incidents.map((incident) => [incident, incidentItem(incident, page)]));
		const texts = new Map();
		const list = element("div", "incident-list");
		const pages = paged(list, (incident) => itemOf(incident).node, SIZES);
		const none = element("p", "none", "No incident fits. ", button("quiet", () => bar.clear(), "Show all"));
		const openAll = button("quiet open-all", toggleAll, "Expand all");
		const bar = toolbar(page.incidents, update, openAll);
		let choice = EVERYTHING;
		update(EVERYTHING);
		return {
			node: section("incidents", "Incidents", page.incidents.length === 0 ? page.verdict : "", ...omitted(page), ...page.incidents.length === 0 ? [] : [
				bar.node,
				list,
				pages.more,
				none
			]),
			reveal,
			openForPrint
		};
		function update(next) {
			choice = next;
			const chosen = choose(page.incidents, choice, textOf);
			pages.set(chosen);
			none.hidden = chosen.length > 0;
			const total = page.incidents.length + page.omitted.incidents;
			bar.say(chosen.length === total ? plural(total, "incident") : \`\${count(chosen.length)} of \${count(total)} incidents\`);
			label();
		}
		function toggleAll() {
			const open = !allOpen();
			for (const incident of pages.shown()) itemOf(incident).toggle(open);
			label();
		}
		function allOpen() {
			const shown = pages.shown();
			return shown.length > 0 && shown.every((incident) => itemOf(incident).isOpen());
		}
		function label() {
			openAll.textContent = allOpen() ? "Collapse all" : "Expand all";
		}
		function reveal(id) {
			const incident = page.incidents.find((each) => each.id === id || each.detections.some((one) => one.id === id));
			if (incident === void 0) return false;
			if (!choose([incident], choice, textOf).includes(incident)) bar.clear();
			pages.reach(choose(page.incidents, choice, textOf).indexOf(incident) + 1);
			const item = itemOf(incident);
			item.toggle(true);
			const detection = id === incident.id ? null : document.getElementById(id);
			(detection ?? item.node).scrollIntoView({ block: "start" });
			if (detection === null) item.focus();
			return true;
		}
		function openForPrint(most) {
			const before = pages.shown().length;
			pages.reach(Number.MAX_SAFE_INTEGER);
			const opened = pages.shown().slice(0, most).filter((incident) => !itemOf(incident).isOpen());
			for (const incident of opened) itemOf(incident).toggle(true);
			return () => {
				for (const incident of opened) itemOf(incident).toggle(false);
				if (pages.shown().length > before) pages.set(choose(page.incidents, choice, textOf));
				pages.reach(before);
			};
		}
		function itemOf(incident) {
			const item = items.get(incident);
			if (item === void 0) throw new Error("an incident that is not on this page");
			return item;
		}
		function textOf(incident) {
			const text = texts.get(incident) ?? searchText(incident);
			texts.set(incident, text);
			return text;
		}
	}
	function omitted({ omitted: left, command }) {
		const parts = [];
		if (left.incidents > 0) parts.push(\`the \${plural(left.incidents, "least grave incident")}\`);
		if (left.detections > 0) parts.push(plural(left.detections, "detection"));
		if (left.samples > 0) parts.push(\`\${plural(left.samples, "sample")} of evidence\`);
		if (parts.length === 0) return [];
		return [leftOut(\`Left out to keep this file small: \${parts.join(", ")}. "\${command} --output json" has all.\`)];
	}
	// src/report/html/client/made.js
	const COLUMNS = [
		"Input",
		"Format",
		"Why this format",
		"Lines",
		"Requests",
		"Not understood"
	];
	function made(page) {
		const inputs = element("table", "inputs", element("thead", "", element("tr", "", ...COLUMNS.map(columnHead))), element("tbody", "", ...page.inputs.map(row)));
		const lines = [plural(page.lines, "line"), plural(page.parsed, "request")];
		if (page.ignored > 0) lines.push(\`\${count(page.ignored)} without a request\`);
		if (page.skipped > 0) lines.push(\`\${count(page.skipped)} not understood\`);
		const folder = page.folder === "" ? [] : [" Folder: ", logged("code", page.folder)];
		return section("made", "How this was made", "", element("p", "", \`\${lines.join(", ")}. All times are UTC.\`, ...folder), element("div", "scroll", inputs), ...page.omitted.inputs > 0 ? [leftOut(\`\${plural(page.omitted.inputs, "more input")}.\`)] : [], ...mappings(page), element("p", "", "This report again, and the same for programs, with nothing left out:"), command(\`\${page.command} --output html --out report.html\`), command(\`\${page.command} --output json\`), element("p", "note", \`Report version \${page.version}. This file needs no network and loads nothing. Text from logs is shown as it \`, "was written, with control characters as escapes; secrets were taken out before."));
	}
	function row(input) {
		return element("tr", "", element("td", "", logged("code", input.file)), element("td", "", logged("", input.title === "" ? input.format : input.title)), element("td", "", logged("", input.evidence)), ...[
			input.lines,
			input.parsed,
			input.skipped
		].map((value) => element("td", "figure", count(value))));
	}
	function mappings(page) {
		return page.inputs.filter(({ mapping }) => mapping.length > 0).map((input) => {
			const list = element("dl", "mapping");
			for (const [field, path] of input.mapping) list.append(element("div", "", element("dt", "", field), element("dd", "", logged("code", path))));
			return element("details", "", element("summary", "", "Fields of ", logged("code", input.file)), list);
		});
	}
	function command(text) {
		const line = element("code", "", text);
		return element("div", "configuration", line, copyButton("Copy", () => text, line));
	}
	// src/report/html/client/print.js
	const MOST_OPEN = 200;
	function preparePrint(root, incidents, total) {
		let undo;
		addEventListener("beforeprint", open);
		addEventListener("afterprint", close);
		matchMedia("print").addEventListener("change", (event) => event.matches ? open() : close());
		function open() {
			if (undo !== void 0) return;
			const closeIncidents = incidents.openForPrint(MOST_OPEN);
			const closed = [...root.querySelectorAll("details")].filter((each) => !each.open && !each.matches(".steps"));
			for (const each of closed) openNow(each);
			const rest = leftOut(\`\${plural(total - MOST_OPEN, "less grave incident")} by title only.\`);
			if (total > MOST_OPEN) incidents.node.append(rest);
			undo = () => {
				closeIncidents();
				for (const each of closed) each.open = false;
				rest.remove();
			};
		}
		function close() {
			undo?.();
			undo = void 0;
		}
	}
	// src/report/html/client/problems.js
	function problems(page) {
		const left = page.omitted.problems;
		return section("problems", "What could not be read", "The rest was scanned.", element("ul", "problem-list", ...page.problems.map(({ code, input, message, remedy }) => element("li", "", element("p", "", logged("code", input), " ", logged("", message)), element("p", "note", logged("", remedy), \` \${code}\`)))), ...left > 0 ? [leftOut(\`\${count(left)} more of the kind are left out.\`)] : []);
	}
	// src/report/html/client/sortable-table.js
	function sortableTable(columns, rows, options) {
		const body = element("tbody", "");
		const pages = paged(body, line, options);
		const heads = columns.map((column) => {
			const head = element("th", column.className, button("sort", () => sort(column, head), column.title));
			head.scope = "col";
			return head;
		});
		pages.set(rows);
		return [element("div", "scroll", element("table", "sortable", element("caption", "spoken", options.caption), element("thead", "", element("tr", "", ...heads)), body)), pages.more];
		function line(row) {
			return element("tr", "", ...columns.map((column) => {
				const cell = element("td", column.className, column.cell(row));
				cell.dataset.title = column.title;
				return cell;
			}));
		}
		function sort(column, head) {
			const [sample] = rows;
			const words = sample !== void 0 && typeof column.key(sample) === "string";
			const before = head.getAttribute("aria-sort");
			const down = before === null ? !words : before === "ascending";
			for (const each of heads) each.removeAttribute("aria-sort");
			head.setAttribute("aria-sort", down ? "descending" : "ascending");
			const shown = pages.shown().length;
			pages.set([...rows].sort((a, b) => (down ? -1 : 1) * compare(column.key(a), column.key(b))));
			pages.reach(shown);
		}
	}
	function compare(a, b) {
		if (typeof a === "number" && typeof b === "number") return a - b;
		return String(a).localeCompare(String(b), "en");
	}
	// src/report/html/client/services.js
	const REFUSED = .2;
	const FAILED = .02;
	function services(page) {
		const rows = page.services.flatMap((service) => service.endpoints.map((endpoint) => ({
			...endpoint,
			service: service.name
		}))).sort((a, b) => b.requests - a.requests);
		const most = rows[0]?.requests ?? 1;
		const timed = rows.some(({ p50 }) => p50 !== null);
		const left = page.omitted.endpoints;
		return section("endpoints", "Services and endpoints", \`\${plural(rows.length, "endpoint")} of \${plural(page.services.length, "service")}, learnt from the traffic.\`, ...sortableTable(columns(most, page.services.length > 1, timed), rows, {
			first: 12,
			step: 100,
			caption: "Endpoints with their requests and shares of errors"
		}), ...left > 0 ? [leftOut(\`\${count(left)} rarer endpoints are left out.\`)] : []);
	}
	function columns(most, several, timed) {
		const made = [
			{
				title: "Endpoint",
				className: "endpoint",
				cell: (row) => logged("code", row.endpoint),
				key: (row) => row.endpoint
			},
			{
				title: "Requests",
				className: "figure requests",
				cell: (row) => requests(row, most),
				key: (row) => row.requests
			},
			share("Refused 4xx", "clientErrors", REFUSED),
			share("Failed 5xx", "serverErrors", FAILED)
		];
		if (timed) made.push(time("Median", "p50"), time("95th percentile", "p95"));
		if (several) made.unshift({
			title: "Service",
			className: "service",
			cell: (row) => logged("", row.service),
			key: (row) => row.service
		});
		return made;
	}
	function share(title, field, high) {
		return {
			title,
			className: "figure",
			cell: (row) => element("span", row[field] >= high ? "high" : row[field] === 0 ? "note" : "", percent(row[field])),
			key: (row) => row[field]
		};
	}
	function time(title, field) {
		return {
			title,
			className: "figure",
			cell: (row) => row[field] === null ? "-" : milliseconds(row[field]),
			key: (row) => row[field] ?? -1
		};
	}
	function requests(row, most) {
		const bar = drawn("svg", {
			viewBox: "0 0 100 4",
			preserveAspectRatio: "none",
			"aria-hidden": "true"
		}, drawn("rect", {
			width: 100,
			height: 4,
			class: "track"
		}), drawn("rect", {
			width: row.requests / most * 100,
			height: 4,
			class: "reach"
		}));
		return element("span", "with-bar", count(row.requests), bar);
	}
	// src/report/html/view/steps.ts
	function foldSteps(timeline, most) {
		const joined = Math.max(1, Math.ceil(timeline.requests.length / most));
		const fold = (series) => {
			const folded = new Array(Math.ceil(series.length / joined)).fill(0);
			for (const [index, value] of series.entries()) folded[Math.floor(index / joined)] += value;
			return folded;
		};
		const requests = fold(timeline.requests);
		const stepMs = timeline.stepMs * joined;
		return {
			start: timeline.start,
			end: timeline.start + stepMs * requests.length,
			stepMs,
			length: requests.length,
			requests,
			refused: fold(timeline.refused),
			failed: fold(timeline.failed),
			attacks: fold(timeline.attacks)
		};
	}
	const SECOND = 1e3;
	const MINUTE = 60 * SECOND;
	const HOUR = 60 * MINUTE;
	const DAY$1 = 24 * HOUR;
	const ROUND = [
		...[
			1,
			2,
			5,
			10,
			15,
			30
		].map((n) => n * SECOND),
		...[
			1,
			2,
			5,
			10,
			15,
			30
		].map((n) => n * MINUTE),
		...[
			1,
			2,
			3,
			6,
			12
		].map((n) => n * HOUR),
		...[
			1,
			2,
			7,
			14,
			28,
			56,
			112,
			365,
			730
		].map((n) => n * DAY$1)
	];
	function ticks(start, end, most) {
		const span = end - start;
		const stepMs = ROUND.find((size) => span / size <= most) ?? Math.ceil(span / most / DAY$1) * DAY$1;
		const times = [];
		for (let time = Math.ceil(start / stepMs) * stepMs; time < end; time += stepMs) times.push(time);
		return {
			stepMs,
			times
		};
	}
	// src/report/html/client/axis.js
	const MOST_TICKS = 9;
	const END = .95;
	const START = .06;
	const DAY = 864e5;
	function axis(steps) {
		const { times, stepMs } = ticks(steps.start, steps.end, MOST_TICKS);
		const made = element("div", "axis");
		made.setAttribute("aria-hidden", "true");
		const share = (time) => (time - steps.start) / (steps.end - steps.start);
		const [first = steps.end] = times;
		if (share(first) > START) add(steps.start, day(steps.start), "tick start");
		for (const time of times) add(time, share(time) < END ? tickWords(time, stepMs) : "", time % DAY === 0 ? "tick day" : "tick");
		return made;
		function add(time, words, className) {
			const tick = element("span", className, element("span", "", words));
			tick.style.left = \`\${share(time) * 100}%\`;
			made.append(tick);
		}
	}
	// src/report/html/client/lanes.js
	const LANES = [
		{
			key: "requests",
			name: "Requests",
			note: ""
		},
		{
			key: "refused",
			name: "Refused",
			note: "4xx"
		},
		{
			key: "failed",
			name: "Failed",
			note: "5xx"
		},
		{
			key: "attacks",
			name: "Attacks",
			note: ""
		}
	];
	// src/report/html/client/crosshair.js
	function crosshair(steps) {
		const line = element("div", "crosshair");
		const tip = element("div", "tip");
		const field = element("div", "crosshair-field", line, tip);
		let at = 0;
		hide();
		field.tabIndex = 0;
		field.setAttribute("role", "slider");
		field.setAttribute("aria-label", "Traffic, step by step");
		field.setAttribute("aria-valuemin", "1");
		field.setAttribute("aria-valuemax", String(steps.length));
		speak();
		field.addEventListener("pointermove", (event) => {
			const box = field.getBoundingClientRect();
			show(Math.floor((event.clientX - box.left) / box.width * steps.length));
		});
		field.addEventListener("pointerleave", hide);
		field.addEventListener("focus", () => {
			if (field.matches(":focus-visible")) show(at);
		});
		field.addEventListener("blur", hide);
		field.addEventListener("keydown", (event) => {
			const to = target(event.key);
			if (to === void 0) return;
			event.preventDefault();
			show(to);
		});
		return field;
		function target(key) {
			if (key === "ArrowRight" || key === "ArrowUp") return at + 1;
			if (key === "ArrowLeft" || key === "ArrowDown") return at - 1;
			if (key === "PageUp") return at + 10;
			if (key === "PageDown") return at - 10;
			if (key === "Home") return 0;
			return key === "End" ? steps.length - 1 : void 0;
		}
		function show(wanted) {
			at = Math.max(0, Math.min(steps.length - 1, wanted));
			const share = (at + .5) / steps.length;
			line.style.left = \`\${share * 100}%\`;
			tip.replaceChildren(element("p", "", \`\${times()} UTC\`), ...LANES.map(row));
			tip.classList.toggle("before", share > .5);
			tip.style.left = share > .5 ? "" : \`\${share * 100}%\`;
			tip.style.right = share > .5 ? \`\${(1 - share) * 100}%\` : "";
			line.hidden = false;
			tip.hidden = false;
			speak();
		}
		function hide() {
			line.hidden = true;
			tip.hidden = true;
		}
		function speak() {
			const numbers = LANES.slice(1).map(({ key, name }) => \`\${count(steps[key][at] ?? 0)} \${name.toLowerCase()}\`);
			const words = [\`\${times()} UTC: \${plural(steps.requests[at] ?? 0, "request")}\`, ...numbers];
			field.setAttribute("aria-valuenow", String(at + 1));
			field.setAttribute("aria-valuetext", words.join(", "));
		}
		function times() {
			return step(steps.start + at * steps.stepMs, steps.start + (at + 1) * steps.stepMs);
		}
		function row({ key, name }) {
			const number = element("b", "", count(steps[key][at] ?? 0));
			return element("p", key, element("span", "swatch"), element("span", "", name), number);
		}
	}
	// src/report/html/view/spans.ts
	function layOut(items, bounds) {
		const whole = bounds.end - bounds.start;
		const rows = [];
		const placed = [];
		let left = 0;
		for (const item of items) {
			if (item.from === null || item.to === null || !(whole > 0)) continue;
			const from = within((item.from - bounds.start) / whole);
			const width = Math.max(bounds.least, within((item.to - bounds.start) / whole) - from);
			const at = Math.max(0, Math.min(from, 1 - width));
			const row = freeRow(rows, at - bounds.gap, at + width + bounds.gap, bounds.mostRows);
			if (row === -1) left++;
			else {
				rows[row]?.push([at, at + width]);
				placed.push({
					item,
					row,
					left: at,
					width
				});
			}
		}
		return {
			placed,
			rows: rows.length,
			left
		};
	}
	function freeRow(rows, from, to, most) {
		const free = rows.findIndex((row) => row.every(([left, right]) => right <= from || left >= to));
		if (free !== -1 || rows.length >= most) return free;
		rows.push([]);
		return rows.length - 1;
	}
	function within(share) {
		return Math.min(1, Math.max(0, share));
	}
	// src/report/html/client/incident-lane.js
	const BOUNDS = {
		mostRows: 7,
		least: .008,
		gap: .003
	};
	function incidentLane(page, steps) {
		const layout = layOut(page.incidents, {
			...BOUNDS,
			start: steps.start,
			end: steps.end
		});
		const label = element("div", "lane-label incidents", element("span", "name", "Incidents"));
		const bars = element("div", "incident-bars");
		bars.style.setProperty("--rows", String(layout.rows));
		for (const { item, row, left, width } of layout.placed) {
			const bar = element("a", \`incident-bar \${item.severity}\`);
			bar.href = \`#\${encodeURIComponent(item.id)}\`;
			bar.tabIndex = -1;
			bar.setAttribute("aria-hidden", "true");
			bar.title = \`\${item.severity}: \${item.title}\\n\${spanWords(item.from, item.to)} UTC\`;
			bar.style.left = \`\${left * 100}%\`;
			bar.style.width = \`\${width * 100}%\`;
			bar.style.setProperty("--row", String(row));
			bars.append(bar);
		}
		return [
			label,
			bars,
			element("div", "lane-peak", layout.left === 0 ? "" : \`\${count(layout.left)} more\`)
		];
	}
	// src/report/html/client/lane-plot.js
	const HEIGHT = 100;
	const LEAST = 4;
	function lanePlot(series) {
		const most = Math.max(...series, 1);
		const bars = drawn("path", { class: "bars" });
		const svg = drawn("svg", {
			viewBox: \`0 0 \${series.length} \${HEIGHT}\`,
			preserveAspectRatio: "none",
			"aria-hidden": "true"
		}, bars);
		scale(false);
		return {
			svg,
			scale
		};
		function scale(root) {
			let path = "";
			for (const [index, value] of series.entries()) {
				if (value <= 0) continue;
				const share = root ? Math.sqrt(value / most) : value / most;
				const height = Math.max(LEAST, share * HEIGHT);
				path += \`M\${index + .1} \${HEIGHT}v\${-height}h.8v\${height}z\`;
			}
			bars.setAttribute("d", path);
		}
	}
	// src/report/html/client/steps-table.js
	function stepsTable(steps) {
		return lazyDetails("steps", element("summary", "", "The numbers as a table"), () => [table(steps)]);
	}
	function table(steps) {
		const head = element("tr", "", columnHead("Time (UTC)"), ...LANES.map(({ name, note }) => columnHead(note === "" ? name : \`\${name} (\${note})\`)));
		const body = element("tbody", "");
		for (let index = 0; index < steps.length; index++) {
			const from = steps.start + index * steps.stepMs;
			const numbers = LANES.map(({ key }) => element("td", "figure", count(steps[key][index] ?? 0)));
			body.append(element("tr", "", element("td", "", step(from, from + steps.stepMs)), ...numbers));
		}
		return element("div", "scroll", element("table", "", element("thead", "", head), body));
	}
	// src/report/html/client/traffic.js
	const MOST_STEPS = 240;
	function traffic(page) {
		const steps = foldSteps(page.timeline, MOST_STEPS);
		if (steps.length < 2) return section("traffic", "Traffic", "Too little time passes in this log to draw its traffic.");
		const chart = element("div", "chart", axis(steps));
		const plots = LANES.map(({ key }) => lanePlot(steps[key]));
		for (const [index, lane] of LANES.entries()) chart.append(...laneRow(lane, steps, plots[index], index + 1));
		const incidents = incidentLane(page, steps);
		chart.append(...incidents, crosshair(steps));
		let root = false;
		const scale = button("quiet scale", () => {
			root = !root;
			scale.setAttribute("aria-pressed", String(root));
			for (const plot of plots) plot.scale(root);
		}, "Lift small values");
		scale.setAttribute("aria-pressed", "false");
		scale.title = "Square-root scale: a few requests stay visible beside a flood";
		return section("traffic", "Traffic", "", scale, element("figure", "traffic-figure", chart, caption(steps)), stepsTable(steps));
	}
	function laneRow(lane, steps, plot, row) {
		const total = sum(steps[lane.key]);
		const share = lane.key === "requests" || total === 0 ? "" : percent(total / sum(steps.requests));
		const label = element("div", \`lane-label \${lane.key}\`, element("span", "swatch"), element("span", "name", lane.name, " ", element("span", "note", lane.note)), element("span", "total", count(total), element("span", "note", share)));
		const peak = element("div", "lane-peak", total === 0 ? "none" : \`peak \${count(Math.max(...steps[lane.key]))}\`);
		const plotCell = element("div", \`lane-plot \${lane.key}\`, ...plot === void 0 ? [] : [plot.svg]);
		for (const cell of [
			label,
			plotCell,
			peak
		]) cell.style.gridRow = String(row);
		return [
			label,
			plotCell,
			peak
		];
	}
	function caption(steps) {
		const busiest = steps.requests.indexOf(Math.max(...steps.requests));
		const at = steps.start + busiest * steps.stepMs;
		return element("figcaption", "", \`Each bar is \${duration(steps.stepMs)}; an attack is a request that carried a payload. Busiest: \${plural(steps.requests[busiest] ?? 0, "request")}, \`, \`\${step(at, at + steps.stepMs)} UTC. \`, spoken("Arrow keys on the chart read out each step. A table with all numbers follows."));
	}
	function sum(series) {
		return series.reduce((total, value) => total + value, 0);
	}
	// src/report/html/client/main.js
	const root = document.getElementById("report");
	const source = document.getElementById("report-data");
	if (root !== null && source !== null) build(root, JSON.parse(source.textContent ?? ""));
	function build(place, page) {
		const list = incidents(page);
		const parts = [{
			id: "traffic",
			title: "Traffic",
			count: null,
			node: traffic(page)
		}, {
			id: "incidents",
			title: "Incidents",
			count: page.incidents.length + page.omitted.incidents,
			node: list.node
		}];
		if (page.alsoSeen.length > 0) parts.push({
			id: "also-seen",
			title: "Also seen",
			count: page.alsoSeen.length,
			node: alsoSeen(page)
		});
		if (page.services.length > 0) {
			const count = page.services.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
			parts.push({
				id: "endpoints",
				title: "Endpoints",
				count,
				node: services(page)
			});
		}
		if (page.blindSpots.length > 0) parts.push({
			id: "blind-spots",
			title: "Blind spots",
			count: page.blindSpots.length,
			node: blindSpots(page)
		});
		if (page.problems.length > 0) parts.push({
			id: "problems",
			title: "Problems",
			count: page.problems.length,
			node: problems(page)
		});
		parts.push({
			id: "made",
			title: "About",
			count: null,
			node: made(page)
		});
		place.replaceChildren(header(page, parts), element("main", "", ...parts.map(({ node }) => node)));
		place.classList.remove("plain");
		preparePrint(place, list, page.incidents.length);
		addEventListener("hashchange", follow);
		follow();
		function follow() {
			const id = fragment();
			if (id !== "" && !list.reveal(id)) document.getElementById(id)?.scrollIntoView();
		}
	}
	function fragment() {
		const text = location.hash.slice(1);
		try {
			return decodeURIComponent(text);
		} catch {
			return text;
		}
	}
})();
`;
export const STYLE = `
:root {
--page: #f5f6f8;
--surface: #ffffff;
--sunken: #eceef2;
--line: #dadde3;
--strong-line: #878d9a;
--text: #16181d;
--muted: #545a66;
--focus: #1a56c4;
--critical: #9c0546;
--high: #be2113;
--medium: #8f5200;
--low: #1d5aa8;
--info: #545a66;
--requests: #76808f;
--refused: #a86400;
--failed: #7536b8;
--attacks: #be2113;
--marked: #ffe2bd;
--good: #1a6b3c;
--small: 0.8125rem;
--large: 1.125rem;
--huge: clamp(1.375rem, 1rem + 1.6vw, 2rem);
--mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
color-scheme: light dark;
font:
clamp(14px, 10.5px + 0.27vw, 24px) / 1.5 -apple-system,
BlinkMacSystemFont,
"Segoe UI",
Roboto,
"Noto Sans",
"Liberation Sans",
"Helvetica Neue",
Arial,
sans-serif;
background: var(--page);
color: var(--text);
scroll-padding-top: 5rem;
-webkit-text-size-adjust: 100%;
}@media screen and (prefers-color-scheme: dark) {
:root {
--page: #0e1014;
--surface: #16191f;
--sunken: #20242c;
--line: #2b303a;
--strong-line: #6f7787;
--text: #e6e8ed;
--muted: #a3aab8;
--focus: #86b4ff;
--critical: #ff7aa8;
--high: #ff8272;
--medium: #eaaa3d;
--low: #7db4ff;
--info: #a3aab8;
--requests: #8b94a5;
--refused: #dd9a35;
--failed: #bd92f5;
--attacks: #ff8272;
--marked: #5a3a10;
--good: #6fd29a;
}
}.critical {
--tone: var(--critical);
}.high {
--tone: var(--high);
}.medium {
--tone: var(--medium);
}.low {
--tone: var(--low);
}.info {
--tone: var(--info);
}
*,
::before,
::after {
box-sizing: border-box;
}[hidden] {
display: none !important;
}body {
margin: 0;
overflow-wrap: anywhere;
}#report {
max-width: 92rem;
margin: 0 auto;
padding: 1rem clamp(0.75rem, 2.5vw, 2.5rem) 4rem;
}h1,
h2,
h3,
h4,
p,
ul,
ol,
dl,
dd,
figure {
margin: 0;
padding: 0;
}h2 {
font-size: var(--large);
font-weight: 650;
}h3,
h4 {
font-size: 1rem;
font-weight: 600;
}ul,
ol {
list-style: none;
}a {
color: inherit;
}:focus-visible {
outline: 2px solid var(--focus);
outline-offset: 2px;
border-radius: 3px;
}svg {
display: block;
}.solid {
fill: var(--tone, currentColor);
}.faint {
fill: var(--tone, currentColor);
opacity: 0.25;
}.hollow {
fill: none;
stroke: var(--tone, currentColor);
stroke-width: 1.6;
}.dashed {
stroke-dasharray: 2.4 2;
}.cut {
fill: var(--surface);
}.track {
fill: var(--sunken);
}.reach {
fill: var(--tone, var(--requests));
}.icon {
flex: none;
align-self: center;
width: 1em;
height: 1em;
}.log {
unicode-bidi: isolate;
direction: ltr;
white-space: pre-wrap;
overflow-wrap: anywhere;
}.code,
code {
font-family: var(--mono);
font-size: 0.86em;
}.note {
color: var(--muted);
font-weight: 400;
}.spoken {
position: absolute;
width: 1px;
height: 1px;
margin: -1px;
overflow: hidden;
clip-path: inset(50%);
white-space: nowrap;
}.severity,
.outcome {
display: inline-flex;
align-items: baseline;
gap: 0.45em;
white-space: nowrap;
}.severity {
color: var(--tone);
font-weight: 600;
}.outcome.succeeded,
.outcome.probably_succeeded {
font-weight: 600;
}.outcome.attempted,
.outcome.unknown {
color: var(--muted);
}button,
select,
input {
font: inherit;
color: inherit;
}.quiet,
select,
.search {
min-height: 2.25rem;
padding: 0.25rem 0.75rem;
border: 1px solid var(--strong-line);
border-radius: 0.4rem;
background: var(--surface);
}.quiet,
.chip {
cursor: pointer;
}.quiet:hover,
.chip:hover {
background: var(--sunken);
}.part {
margin-top: 2.5rem;
}.lead {
max-width: 60rem;
color: var(--muted);
}.left-out {
margin-top: 0.75rem;
padding: 0.5rem 0.75rem;
border-left: 3px solid var(--strong-line);
color: var(--muted);
font-size: var(--small);
}.more {
margin-top: 0.75rem;
}.plain {
max-width: 60rem;
}.plain article {
margin-top: 1.5rem;
}.plain ul {
margin-top: 0.5rem;
}
.top {
display: flex;
flex-wrap: wrap;
align-items: center;
justify-content: space-between;
gap: 0.25rem 2rem;
padding-bottom: 0.75rem;
border-bottom: 1px solid var(--line);
}.brand {
display: flex;
align-items: center;
gap: 0.45rem;
font-weight: 700;
}.brand span {
color: var(--muted);
font-weight: 400;
}.mark {
width: 1.15rem;
height: 1.15rem;
}.sections {
display: flex;
flex-wrap: wrap;
gap: 0 1.25rem;
font-size: var(--small);
}.sections a {
padding: 0.35rem 0;
color: var(--muted);
text-decoration: none;
}.sections a:hover {
color: var(--text);
text-decoration: underline;
}.number {
margin-left: 0.35em;
font-variant-numeric: tabular-nums;
}h1 {
display: flex;
gap: 0.6em;
margin-top: 1.5rem;
font-size: var(--huge);
font-weight: 680;
line-height: 1.2;
letter-spacing: -0.015em;
text-wrap: balance;
}h1::before {
flex: none;
width: 0.22em;
border-radius: 0.11em;
background: var(--tone, var(--good));
content: "";
}.scanned {
margin-top: 0.6rem;
}.subject {
font-weight: 600;
}.scanned > :not(:last-child)::after,
.detection-facts > :not(:last-child)::after {
margin: 0 0.55em;
color: var(--strong-line);
content: "·";
}.because {
color: var(--muted);
font-size: var(--small);
}
.traffic {
display: grid;
grid-template-columns: 1fr auto;
align-items: center;
gap: 0.5rem 1rem;
margin-top: 1.5rem;
}.traffic > .lead,
.traffic-figure,
.steps {
grid-column: 1 / -1;
min-width: 0;
}.scale {
font-size: var(--small);
}.scale[aria-pressed="true"],
.chip[aria-pressed="true"] {
border-color: var(--text);
background: var(--sunken);
box-shadow: inset 0 0 0 1px var(--text);
}.traffic-figure {
padding: 1rem 1.25rem 0.75rem;
border: 1px solid var(--line);
border-radius: 0.6rem;
background: var(--surface);
}.chart {
display: grid;
position: relative;
grid-template-rows: repeat(5, auto) 1.5rem;
grid-template-columns: 7.5rem minmax(0, 1fr) 5rem;
column-gap: 1rem;
font-size: var(--small);
font-variant-numeric: tabular-nums;
}.requests {
--tone: var(--requests);
}.refused {
--tone: var(--refused);
}.failed {
--tone: var(--failed);
}.attacks {
--tone: var(--attacks);
}.lane-label {
display: grid;
grid-column: 1;
grid-template-columns: 0.6rem 1fr;
align-content: end;
gap: 0 0.6rem;
line-height: 1.3;
}.swatch {
display: inline-block;
flex: none;
width: 0.6rem;
height: 0.6rem;
align-self: center;
border-radius: 0.12rem;
background: var(--tone);
}.lane-label .name {
font-weight: 600;
}.lane-label .name,
.lane-label .total {
white-space: nowrap;
}.lane-label .total,
.lane-label.incidents .name {
grid-column: 2;
}.lane-label .total .note {
margin-left: 0.5rem;
}.lane-plot {
grid-column: 2;
height: 2.9rem;
padding-top: 0.6rem;
border-bottom: 1px solid var(--line);
}.lane-plot.requests {
height: 5rem;
}.lane-plot svg {
width: 100%;
height: 100%;
}.bars {
fill: var(--tone);
}.lane-peak {
grid-column: 3;
align-self: end;
color: var(--muted);
white-space: nowrap;
}.incident-bars {
position: relative;
z-index: 2;
grid-column: 2;
height: calc(var(--rows) * 0.7rem + 0.5rem);
min-height: 1.6rem;
margin-top: 0.6rem;
pointer-events: none;
}.chart > .incidents,
.chart > .incident-bars,
.chart > .incidents ~ .lane-peak {
grid-row: 5;
}.chart > .lane-label.incidents {
align-self: start;
margin-top: 0.6rem;
}.incident-bar {
position: absolute;
top: calc(var(--row) * 0.7rem + 0.1rem);
height: 0.5rem;
border-radius: 0.25rem;
background: var(--tone);
pointer-events: auto;
}.incident-bar.medium {
height: 0.34rem;
margin-top: 0.08rem;
}.incident-bar.low {
height: 0.18rem;
margin-top: 0.16rem;
}.incident-bar:hover {
outline: 2px solid var(--text);
outline-offset: 1px;
}.axis {
position: relative;
grid-row: 1 / 7;
grid-column: 2;
color: var(--muted);
}.tick {
position: absolute;
display: flex;
align-items: end;
height: 100%;
padding-left: 0.35rem;
border-left: 1px solid var(--line);
line-height: 1.4;
white-space: nowrap;
}.tick.day,
.tick.start {
color: var(--text);
font-weight: 600;
}.crosshair-field {
position: relative;
z-index: 1;
grid-row: 1 / 7;
grid-column: 2;
cursor: crosshair;
touch-action: pan-y;
}.crosshair {
position: absolute;
top: 0;
bottom: 0;
width: 0;
border-left: 1px solid var(--text);
pointer-events: none;
}.tip {
position: absolute;
top: 0.25rem;
z-index: 3;
width: max-content;
max-width: 16rem;
margin: 0 0.75rem;
padding: 0.5rem 0.75rem;
border: 1px solid var(--strong-line);
border-radius: 0.4rem;
background: var(--surface);
pointer-events: none;
}.tip p {
display: flex;
align-items: center;
gap: 0.5rem;
}.tip p:first-child {
margin-bottom: 0.15rem;
font-weight: 600;
}.tip b {
margin-left: auto;
padding-left: 1rem;
}figcaption {
margin-top: 0.5rem;
color: var(--muted);
font-size: var(--small);
}.steps {
font-size: var(--small);
}.steps .scroll {
max-height: 24rem;
}@media (max-width: 52rem) {
.traffic-figure {
padding: 0.75rem;
}.chart {
grid-template-columns: 6.75rem minmax(0, 1fr);
column-gap: 0.5rem;
}.lane-peak,
.tick:nth-child(even) > span {
display: none;
}.lane-plot.requests {
height: 4rem;
}.tip {
max-width: 12.5rem;
}
}
.toolbar {
display: flex;
position: sticky;
top: 0;
z-index: 5;
flex-wrap: wrap;
align-items: center;
gap: 0.5rem;
margin: 0.5rem 0 0;
padding: 0.6rem 0;
background: var(--page);
font-size: var(--small);
}.severities {
display: flex;
flex-wrap: wrap;
gap: 0.4rem;
}.chip {
display: inline-flex;
align-items: center;
min-height: 2.25rem;
padding: 0.25rem 0.75rem;
border: 1px solid var(--line);
border-radius: 1.2rem;
background: var(--surface);
}.search {
flex: 1 1 12rem;
min-width: 0;
max-width: 24rem;
}.search::placeholder {
color: var(--muted);
opacity: 1;
}.told {
margin-left: auto;
color: var(--muted);
white-space: nowrap;
}.incident-list {
border: 1px solid var(--line);
border-radius: 0.6rem;
background: var(--surface);
}.incident-list:empty {
display: none;
}.none {
padding: 2rem 0;
}.incident {
border-left: 4px solid var(--tone);
}.incident:first-child {
border-top-left-radius: 0.55rem;
}.incident:last-child {
border-bottom-left-radius: 0.55rem;
}.incident + .incident {
border-top: 1px solid var(--line);
}.line {
display: grid;
grid-template-columns: minmax(0, 1fr) 2.25rem;
}.permalink {
display: grid;
color: var(--muted);
place-items: center;
text-decoration: none;
}.permalink:hover {
color: var(--text);
text-decoration: underline;
}.row {
display: grid;
grid-template-columns: 1rem 5.4rem 2.6rem minmax(0, 1fr) 10rem 4.6rem 13rem 6rem;
align-items: center;
gap: 0 0.9rem;
width: 100%;
min-height: 2.9rem;
padding: 0.4rem 0 0.4rem 0.75rem;
border: 0;
border-radius: 0;
background: none;
cursor: pointer;
font-weight: 400;
text-align: left;
}.row::before {
width: 0.42rem;
height: 0.42rem;
border: solid var(--muted);
border-width: 0 1.5px 1.5px 0;
content: "";
transform: rotate(-45deg);
}.row[aria-expanded="true"]::before {
transform: rotate(45deg);
}.row:hover {
background: var(--sunken);
}.row:focus-visible {
outline-offset: -2px;
}.row .title {
text-wrap: balance;
}.critical .title,
.high .title {
font-weight: 600;
}.row .severity,
.row .outcome,
.row .when,
.row .events {
font-size: var(--small);
}.row .when,
.row .events {
color: var(--muted);
font-variant-numeric: tabular-nums;
}.row .events {
text-align: right;
}.risk {
font-variant-numeric: tabular-nums;
font-weight: 600;
line-height: 1.2;
}.risk svg {
width: 2.2rem;
height: 0.25rem;
margin-top: 0.1rem;
}.stage-dots {
display: inline-flex;
gap: 0.22rem;
}.dot {
display: inline-block;
flex: none;
width: 0.55rem;
height: 0.55rem;
border: 1.5px solid var(--strong-line);
border-radius: 50%;
}.dot.reached,
.reached > .dot {
border-color: var(--tone);
background: var(--tone);
}@media (max-width: 75rem) {
.row {
grid-template-columns: 1rem 6rem 3.2rem minmax(0, 1fr) auto;
}.row .title {
grid-row: 1;
grid-column: 4 / -1;
}.row .when {
grid-row: 2;
grid-column: 4;
}.row .outcome {
grid-row: 2;
grid-column: 5;
justify-self: end;
}.row .stage-dots,
.row .events {
display: none;
}
}@media (max-width: 52rem) {
.toolbar {
position: static;
}.search {
flex-basis: 100%;
max-width: none;
}.row {
grid-template-columns: 1rem auto auto minmax(0, 1fr);
row-gap: 0.15rem;
padding-top: 0.6rem;
padding-bottom: 0.6rem;
}.row .title,
.row .when {
grid-row: auto;
grid-column: 2 / -1;
}.row .outcome {
grid-row: 1;
grid-column: 4;
}.risk svg {
display: none;
}
}
.detail {
padding: 0.5rem 1.25rem 1.5rem 2.5rem;
}.overview {
display: grid;
grid-template-columns: minmax(0, 1fr) 24rem;
gap: 1.25rem 3rem;
}.story > * + * {
margin-top: 1rem;
}.summary,
.explanation {
max-width: 48rem;
}.stages {
display: flex;
flex-wrap: wrap;
gap: 0.3rem 0;
font-size: var(--small);
}.stages li {
display: flex;
align-items: center;
gap: 0.4rem;
color: var(--muted);
}.stages li + li::before {
width: 1.25rem;
margin: 0 0.1rem 0 0.5rem;
border-top: 1px solid var(--strong-line);
content: "";
}.stages .reached {
color: var(--text);
font-weight: 600;
}.advice {
max-width: 48rem;
padding: 0.75rem 1rem;
border-radius: 0.4rem;
background: var(--sunken);
}.advice ul,
.spot ul {
padding-left: 1.1rem;
list-style: disc;
}.facts > div {
display: grid;
grid-template-columns: 7rem minmax(0, 1fr);
gap: 0.75rem;
padding: 0.3rem 0;
font-size: var(--small);
}.facts > div + div {
border-top: 1px solid var(--line);
}dt {
color: var(--muted);
}.members ul {
display: flex;
flex-wrap: wrap;
gap: 0.1rem 0.9rem;
max-height: 16rem;
margin: 0.25rem 0 0.4rem;
overflow-y: auto;
}.members .quiet {
min-height: 1.9rem;
margin-right: 0.4rem;
padding: 0.1rem 0.6rem;
}.detection {
margin-top: 1.5rem;
padding-top: 1rem;
border-top: 1px solid var(--line);
}.detection-head {
display: flex;
flex-wrap: wrap;
align-items: baseline;
justify-content: space-between;
gap: 0 2rem;
}.detection-head .severity {
margin-right: 0.75rem;
font-size: var(--small);
}.detection-facts {
color: var(--muted);
font-size: var(--small);
}.gauge {
display: grid;
grid-template-columns: minmax(0, 22rem) minmax(0, 1fr);
align-items: center;
gap: 0.25rem 1.25rem;
margin: 0.6rem 0;
}.gauge > svg {
width: 100%;
height: 1.1rem;
}.gauge figcaption {
margin: 0;
color: var(--text);
}.gauge .observed {
fill: var(--tone);
}.gauge .mark {
fill: none;
stroke: var(--text);
stroke-width: 2px;
}.gauge .mark.expected {
stroke-dasharray: 2 2;
}.numbers {
display: flex;
flex-wrap: wrap;
align-items: baseline;
gap: 0 1.25rem;
font-variant-numeric: tabular-nums;
}.numbers .number {
margin: 0;
}.key {
display: inline-block;
width: 0.7rem;
height: 0.45rem;
margin-right: 0.35rem;
background: var(--tone);
}.threshold .key,
.expected .key {
width: 0;
height: 0.75rem;
border-left: 2px solid var(--text);
background: none;
vertical-align: -0.08rem;
}.expected .key {
border-left-style: dotted;
}.against {
font-weight: 600;
}.unit {
color: var(--muted);
}.finding {
margin-top: 0.5rem;
padding-left: 0.75rem;
border-left: 2px solid var(--strong-line);
}.forms {
display: grid;
grid-template-columns: 4.2rem minmax(0, 1fr);
gap: 0 0.5rem;
}.reason {
color: var(--muted);
}mark {
border-radius: 0.15rem;
background: var(--marked);
color: inherit;
}@media (max-width: 64rem) {
.overview {
grid-template-columns: minmax(0, 1fr);
}
}@media (max-width: 52rem) {
.detail {
padding: 0.5rem 0.75rem 1.25rem;
}.gauge {
grid-template-columns: minmax(0, 1fr);
}.facts > div {
grid-template-columns: 5.5rem minmax(0, 1fr);
}
}
table {
width: 100%;
border-collapse: collapse;
font-size: var(--small);
}th,
td {
padding: 0.4rem 0.75rem 0.4rem 0;
border-bottom: 1px solid var(--line);
text-align: left;
vertical-align: top;
}th {
color: var(--muted);
font-weight: 600;
white-space: nowrap;
}td.figure,
th.figure,
.steps th:not(:first-child) {
text-align: right;
font-variant-numeric: tabular-nums;
}summary {
cursor: pointer;
}.scroll {
overflow: auto;
}.evidence {
margin-top: 0.75rem;
table-layout: fixed;
}.evidence th:nth-child(1) {
width: 12rem;
}.evidence th:nth-child(2) {
width: 11rem;
}.evidence th:nth-child(3) {
width: 4.5rem;
}.evidence td {
padding-bottom: 0.6rem;
}.time,
.status {
font-variant-numeric: tabular-nums;
}.time {
color: var(--muted);
}.status.s2,
.status.s5 {
font-weight: 700;
}.inputs {
margin-top: 0.75rem;
}.sort {
position: relative;
padding: 0;
border: 0;
background: none;
color: inherit;
cursor: pointer;
font-weight: inherit;
}.sort:hover {
text-decoration: underline;
}.sort::after {
position: absolute;
left: calc(100% + 0.2em);
}[aria-sort="ascending"] .sort::after {
content: "↑";
}[aria-sort="descending"] .sort::after {
content: "↓";
}.endpoint {
width: 55%;
}.with-bar svg {
width: 100%;
min-width: 5rem;
height: 0.25rem;
margin-top: 0.15rem;
}td .high {
color: var(--high);
font-weight: 700;
}.seen-list,
.endpoints .scroll {
margin-top: 0.75rem;
padding: 0 1.25rem;
border: 1px solid var(--line);
border-radius: 0.6rem;
background: var(--surface);
}.endpoints tbody tr:last-child td {
border: 0;
}@media screen and (max-width: 52rem) {
.evidence,
.evidence tbody,
.evidence tr,
.evidence td {
display: block;
width: auto;
}.evidence thead {
display: none;
}.evidence tr {
padding: 0.5rem 0;
border-bottom: 1px solid var(--line);
}.evidence td {
padding: 0.1rem 0;
border: 0;
}.evidence .place,
.evidence .time,
.evidence .status {
display: inline-block;
margin-right: 0.9rem;
}
}
.seen + .seen {
border-top: 1px solid var(--line);
}.seen > summary {
display: grid;
grid-template-columns: 1rem 10rem minmax(0, 16rem) minmax(0, 1fr) 13rem 6rem;
align-items: center;
gap: 0 1rem;
padding: 0.55rem 0;
font-size: var(--small);
}.seen > summary:hover,
.steps > summary:hover {
background: var(--sunken);
}.seen > summary::before {
width: 0.42rem;
height: 0.42rem;
border: solid var(--muted);
border-width: 0 1.5px 1.5px 0;
content: "";
transform: rotate(-45deg);
}.seen[open] > summary::before {
transform: rotate(45deg);
}.seen .kind {
font-weight: 600;
}.seen .when,
.seen .events {
color: var(--muted);
font-variant-numeric: tabular-nums;
}.seen .events {
text-align: right;
}.seen .detection,
.seen .by {
margin: 0 0 1rem 2rem;
}.seen .by {
margin-bottom: 0.25rem;
}@media (max-width: 64rem) {
.seen > summary {
grid-template-columns: 1rem minmax(0, 1fr) auto;
}.seen .who,
.seen .sum,
.seen .when {
grid-column: 2 / -1;
}.seen .events {
grid-row: 1;
grid-column: 3;
}.seen .detection,
.seen .by {
margin-left: 0;
}
}
.spots {
display: grid;
grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
gap: 1rem;
margin-top: 0.75rem;
}.spot {
padding: 0.85rem 1rem;
border: 1px solid var(--line);
border-radius: 0.6rem;
background: var(--surface);
}.configuration {
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.5rem;
margin-top: 0.6rem;
}.configuration code {
flex: 1 1 14rem;
min-width: 0;
padding: 0.45rem 0.6rem;
border-radius: 0.3rem;
background: var(--sunken);
white-space: pre-wrap;
}.problem-list li,
.made p,
.made details {
margin-top: 0.6rem;
}.made .configuration {
max-width: 48rem;
}.mapping > div {
display: grid;
grid-template-columns: minmax(0, 14rem) minmax(0, 1fr);
}
@page {
margin: 14mm 12mm;
}@media print {
:root {
font-size: 9.5pt;
background: none;
color-scheme: light;
--page: #ffffff;
print-color-adjust: exact;
-webkit-print-color-adjust: exact;
}#report {
max-width: none;
padding: 0;
}button:not(.row, .sort),
.toolbar,
.sections,
.permalink,
.steps,
.crosshair-field,
.sort::after {
display: none;
}.row::before,
.seen > summary::before {
visibility: hidden;
}.members ul {
max-height: none;
}.part {
margin-top: 1.5rem;
}h2,
h3,
.detection-head,
.gauge {
break-after: avoid;
}.traffic-figure,
.gauge,
.advice,
.spot,
.evidence tr,
.overview {
break-inside: avoid;
}.detail {
padding: 0.25rem 1rem 1rem;
}
}
`;
