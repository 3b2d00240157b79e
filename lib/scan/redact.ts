/**
 * Trivy's report without what may hold a secret: the lines of code around a finding, what a secret's rule matched
 * (trivy masks what it recognised, and prints the lines beside it), messages that quote the file, the text of a
 * licence, and the environment and history of an image.
 * What is left is enough for everything that reads the report afterwards.
 */
export function redactReport(report: unknown): unknown {
  return redact(report, "");
}

/** Values of these keys are left out wherever they stand. */
const LEFT_OUT = new Set([
  "Code",
  "Match",
  "Highlighted",
  "Offset",
  "RenderedCause",
  "Message",
  "Traces",
  "Text",
  "history",
  "Env",
]);

function redact(value: unknown, key: string): unknown {
  if (LEFT_OUT.has(key)) return undefined;
  if (Array.isArray(value)) return value.map((inner) => redact(inner, ""));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, redact(inner, name)] as const,
  );
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}
