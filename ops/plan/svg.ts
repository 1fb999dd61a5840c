/** Attributes of an element; numbers are pixels. */
export type Attributes = Readonly<Record<string, string | number>>;

/** An element with what lies in it, as SVG. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return inside.length === 0
    ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${inside.join("")}</${name}>`;
}

/** Words in a picture. */
export function words(text: string, attributes: Attributes): string {
  return element("text", attributes, escaped(text));
}

/** Text without what SVG would read as its own. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
