/**
 * Run inside a report's page: what of its structure would trouble a reader who hears it, moves by keyboard or sees
 * poorly. Gives back a list of words; empty is good.
 */
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const told = (element) => `${element.localName}.${element.className.baseVal ?? element.className}`;
  const nameOf = (element) =>
    element.getAttribute("aria-label") ?? element.textContent.trim() ?? element.getAttribute("title");
  const troubles = [];

  const ids = all("[id]").map(({ id }) => id);
  for (const id of ids.filter((each, index) => ids.indexOf(each) !== index)) troubles.push(`id twice: ${id}`);
  for (const element of all("[aria-controls], [aria-labelledby]")) {
    const id = element.getAttribute("aria-controls") ?? element.getAttribute("aria-labelledby");
    if (!ids.includes(id)) troubles.push(`${told(element)} refers to nothing`);
  }
  for (const element of all("button, a, select, input, [role]").filter(shown)) {
    if (!nameOf(element) && element.getAttribute("aria-hidden") !== "true")
      troubles.push(`no name: ${told(element)}`);
  }
  for (const element of all("svg:not([aria-hidden='true'])"))
    troubles.push(`drawing without words: ${told(element)}`);
  for (const element of all("th:not([scope])")) troubles.push(`head of nothing: ${element.textContent}`);
  for (const element of all("details > :first-child:not(summary)"))
    troubles.push(`no summary: ${told(element)}`);

  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
    const own = Number(heading.localName.slice(1));
    if (own > level + 1) troubles.push(`heading skips a level: ${heading.textContent.slice(0, 40)}`);
    level = own;
  }

  for (const element of all("button, select, input, summary").filter(shown)) {
    const { width, height } = element.getBoundingClientRect();
    // WCAG 2.2, 2.5.8: 24 pixels either way, but for words within a line or a table's head.
    if ((width < 24 || height < 24) && !element.matches(".sort, .steps > summary, .made summary")) {
      troubles.push(`small target: ${told(element)} ${Math.round(width)}x${Math.round(height)}`);
    }
  }

  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const walker = document.createTreeWalker(document.getElementById("report"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const element = text.parentElement;
    if (text.data.trim() === "" || element.closest("svg, option, .spoken") !== null || !shown(element))
      continue;
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) troubles.push(`${ratio.toFixed(1)} to 1: ${told(element)} ${text.data.slice(0, 40)}`);
  }
  return troubles;
})();
