import { nearest } from "../nearest.ts";
import { type Breach, breach, notZero } from "./rule.ts";
import type { ServiceFile } from "./service-schema.ts";

type Rule = (service: ServiceFile) => Breach[];

/** What is filled in where one instance is started. */
export const PLACEHOLDERS = ["host", "port", "metrics-port", "slot", "version"] as const;

const durationsAreAboveZero: Rule = ({ health, smoke }) => [
  ...notZero(["service", "health"], { deadline: health.deadline, every: health.every }),
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

const placeholdersAreKnown: Rule = (service) => {
  const texts: Array<[string, PropertyKey[]]> = [
    ...service.start.map((word, index): [string, PropertyKey[]] => [
      word,
      ["service", "start", index],
    ]),
    ...Object.entries(service.env).map(([name, value]): [string, PropertyKey[]] => [
      value,
      ["service", "env", name],
    ]),
  ];
  return texts.flatMap(([text, path]) =>
    [...text.matchAll(/\{([A-Za-z][A-Za-z_-]*)\}/g)].flatMap(([whole, name = ""]) => {
      if (PLACEHOLDERS.some((known) => known === name)) return [];
      const near = nearest(name, PLACEHOLDERS);
      const meant = near === undefined ? "" : ` (${whole}: did you mean {${near}}?)`;
      return breach(
        path,
        `the placeholders ${PLACEHOLDERS.map((known) => `{${known}}`).join(" ")}${meant}`,
      );
    }),
  );
};

/** All that must hold between the keys of `service`. */
export const SERVICE_RULES: readonly Rule[] = [
  durationsAreAboveZero,
  healthIsAskedBeforeItsDeadline,
  errorsAreNotAllRequests,
  placeholdersAreKnown,
];
