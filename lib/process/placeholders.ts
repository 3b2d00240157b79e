import type { Service } from "../environment/environment.ts";

export interface PlaceholderValues {
  host: string;
  port: number;
  "metrics-port": number;
  slot: string;
  version: string;
}

/** Fills in {host} {port} {metrics-port} {slot} {version}; other braces stay as they are. */
export function fillIn(text: string, values: PlaceholderValues): string {
  return text.replace(/\{(host|port|metrics-port|slot|version)\}/g, (_, name: string) =>
    String(values[name as keyof PlaceholderValues]),
  );
}

export function commandOf(service: Service, values: PlaceholderValues): [string, ...string[]] {
  const [program = "", ...args] = service.start.map((word) => fillIn(word, values));
  return [program, ...args];
}

/** What every program needs; nothing of the job that started the site, so none of its secrets. */
const INHERITED = ["HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "LOGNAME", "SHELL"];

/** `node` is the one that runs the supervisor, whatever else the machine has. */
export function environmentOf(
  service: Service,
  values: PlaceholderValues,
  own: NodeJS.ProcessEnv,
  nodeFolder: string,
): Record<string, string> {
  const env: Record<string, string> = { PATH: `${nodeFolder}:${own.PATH ?? "/usr/bin:/bin"}` };
  for (const name of INHERITED) {
    const value = own[name];
    if (value !== undefined) env[name] = value;
  }
  for (const [name, value] of Object.entries(service.env)) env[name] = fillIn(value, values);
  return env;
}
