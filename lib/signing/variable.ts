const REFERENCE = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/;

/** What a reference to a variable may look like, for messages. */
export const VARIABLE_REFERENCE = "env://NAME, the name of a variable in the step's env";

/** The variable that `env://NAME` names; undefined for any other text. */
export function variableOf(reference: string): string | undefined {
  return REFERENCE.exec(reference.trim())?.[1];
}
