const SVG = "http://www.w3.org/2000/svg";

export type Attributes = Record<string, string | number>;

/** An SVG element under `parent`. Text goes in as text, never as markup. */
export function draw(parent: Element, tag: string, attributes: Attributes, text = ""): Element {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(
      name,
      typeof value === "number" ? String(Math.round(value * 10) / 10) : value,
    );
  }
  if (text !== "") element.textContent = text;
  parent.append(element);
  return element;
}

/** An HTML element under `parent`. */
export function put(parent: Element, tag: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  parent.append(element);
  return element;
}

/** The `d` of a line through points; null lifts the pen. */
export function linePath(points: ReadonlyArray<[number, number | null]>): string {
  let pen = "M";
  let path = "";
  for (const [x, y] of points) {
    if (y === null) {
      pen = "M";
      continue;
    }
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return path;
}
