import type { Service } from "../environment/environment.ts";

export interface PlaceholderValues {
  host: string;
  port: number;
  "metrics-port": number;
  slot: string;
  version: string;
}

/** What a command is told that runs beside stable: of the candidate, whose command it is, and of stable. */
export interface ShadowValues extends PlaceholderValues {
  "stable-port": number;
  "stable-metrics-port": number;
  "stable-slot": string;
  "stable-version": string;
  "stable-folder": string;
}

/** Fills in {host} {port} {metrics-port} {slot} {version}, and what else `values` has; other braces stay as they are. */
export function fillIn(text: string, values: PlaceholderValues): string {
  const known = new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
  return text.replace(/\{([a-z-]+)\}/g, (whole, name: string) => known.get(name) ?? whole);
}

export function commandOf(
  service: Pick<Service, "start">,
  values: PlaceholderValues,
): [string, ...string[]] {
  const [program = "", ...args] = service.start.map((word) => fillIn(word, values));
  return [program, ...args];
}

/** What every program needs; nothing of the job that started the site, so none of its secrets. */
const INHERITED = ["HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "LOGNAME", "SHELL"];

/** `node` is the one that runs the supervisor, whatever else the machine has. */
export function environmentOf(
  service: Pick<Service, "env">,
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
