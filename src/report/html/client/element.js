/**
 * Elements made node by node: text only ever becomes a text node, and the names of elements, classes and attributes
 * are written in the source of this page, never taken from its data.
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {keyof SVGElementTagNameMap} tag
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * @param {string} className
 * @param {() => void} onClick
 * @param {...(Node | string)} children
 */
export function button(className, onClick, ...children) {
  const made = element("button", className, ...children);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/**
 * Text from a log: in its own direction, so that it cannot reorder what stands beside it.
 * @param {string} className
 * @param {string} text
 */
export function logged(className, text) {
  return element("bdi", `log ${className}`.trim(), text);
}

/**
 * A word for those who hear the page.
 * @param {string} text
 */
export function spoken(text) {
  return element("span", "spoken", text);
}
