/** Where an annotation points to. */
export interface AnnotationPlace {
  title?: string;
  file?: string;
  line?: number;
  col?: number;
}

/** A workflow command as the runner reads it from the log: `::error title=…::message`. */
export function workflowCommand(
  name: string,
  message: string,
  properties: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const given = Object.entries(properties)
    .filter(([, property]) => property !== undefined && property !== "")
    .map(([key, property]) => `${key}=${escapeProperty(String(property))}`);
  const head = given.length === 0 ? name : `${name} ${given.join(",")}`;
  return `::${head}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
