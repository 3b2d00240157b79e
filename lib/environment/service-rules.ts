import { nearest } from "../nearest.ts";
import { type Breach, breach, notZero } from "./rule.ts";
import type { ServiceFile } from "./service-schema.ts";

type Rule = (service: ServiceFile) => Breach[];

/** What is filled in where one instance is started. */
const PLACEHOLDERS = ["host", "port", "metrics-port", "slot", "version"] as const;

/** What is filled in besides where something runs beside stable. */
const SHADOW_PLACEHOLDERS = [
  ...PLACEHOLDERS,
  "stable-port",
  "stable-metrics-port",
  "stable-slot",
  "stable-version",
  "stable-folder",
] as const;

const durationsAreAboveZero: Rule = ({ health, smoke, shadow }) => [
  ...notZero(["service", "health"], { deadline: health.deadline, every: health.every }),
  ...(shadow ? notZero(["service", "shadow"], { timeout: shadow.timeout }) : []),
  ...smoke.flatMap(({ timeout }, index) => notZero(["service", "smoke", index], { timeout })),
];

const healthIsAskedBeforeItsDeadline: Rule = ({ health }) =>
  health.every <= health.deadline
    ? []
    : breach(["service", "health", "every"], "at most service.health.deadline");

const errorsAreNotAllRequests: Rule = ({ metrics }) =>
  JSON.stringify(metrics.errors) === JSON.stringify(metrics.requests)
    ? breach(
        ["service", "metrics", "errors"],
        "other series than requests, or every request is an error",
      )
    : [];

/** A command and its variables, by where they stand in the file. */
interface Filled {
  path: PropertyKey[];
  command: string;
  known: readonly string[];
  words: string[];
  env: Record<string, string>;
}

const placeholdersAreKnown: Rule = ({ start, env, shadow }) =>
  [
    { path: ["service"], command: "start", known: PLACEHOLDERS, words: start, env },
    ...(shadow
      ? [
          {
            path: ["service", "shadow"],
            command: "run",
            known: SHADOW_PLACEHOLDERS,
            words: shadow.run,
            env: shadow.env,
          },
        ]
      : []),
  ].flatMap(unknownPlaceholders);

function unknownPlaceholders({ path, command, known, words, env }: Filled): Breach[] {
  const texts: Array<[string, PropertyKey[]]> = [
    ...words.map((word, index): [string, PropertyKey[]] => [word, [...path, command, index]]),
    ...Object.entries(env).map(([name, value]): [string, PropertyKey[]] => [
      value,
      [...path, "env", name],
    ]),
  ];
  return texts.flatMap(([text, at]) =>
    [...text.matchAll(/\{([A-Za-z][A-Za-z_-]*)\}/g)].flatMap(([whole, name = ""]) => {
      if (known.includes(name)) return [];
      const near = nearest(name, known);
      const meant = near === undefined ? "" : ` (${whole}: did you mean {${near}}?)`;
      return breach(at, `the placeholders ${known.map((one) => `{${one}}`).join(" ")}${meant}`);
    }),
  );
}

/** All that must hold between the keys of `service`. */
export const SERVICE_RULES: readonly Rule[] = [
  durationsAreAboveZero,
  healthIsAskedBeforeItsDeadline,
  errorsAreNotAllRequests,
  placeholdersAreKnown,
];
