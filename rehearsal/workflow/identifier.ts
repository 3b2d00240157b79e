/** What GitHub accepts as the id of a job or a step. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && text.length < 100 && !text.startsWith("__");
}
