import type { Service } from "../../environment/environment.ts";
import { commandOf, fillIn, type PlaceholderValues } from "../../process/placeholders.ts";
import { commandLine } from "./quote.ts";

/** What a unit instance reads when it is started. */
export interface UnitFiles {
  /** systemd's EnvironmentFile. Read by systemd alone, so it may hold secrets. */
  variables: string;
  /** A POSIX shell script that becomes the service. */
  start: string;
}

/** `app` is where the release lies, whichever it is. It may bring its own runtime in `runtime/bin`. */
export function unitFiles(
  service: Pick<Service, "start" | "env">,
  app: string,
  values: PlaceholderValues,
): UnitFiles {
  const variables = Object.entries(service.env).map(
    ([name, value]) => `${name}=${quoteForSystemd(fillIn(value, values))}\n`,
  );
  const start = [
    "#!/bin/sh",
    "set -e",
    `cd ${commandLine([app])}`,
    'PATH="$PWD/runtime/bin:$PATH"',
    `exec ${commandLine(commandOf(service, values))}`,
  ];
  return { variables: variables.join(""), start: `${start.join("\n")}\n` };
}

function quoteForSystemd(value: string): string {
  return `"${value.replace(/["\\$`]/g, "\\$&")}"`;
}
