import type { RolloutFile } from "./rollout-schema.ts";
import { type Breach, breach } from "./rule.ts";
import type { TargetFile } from "./target-schema.ts";

type Rule = (target: TargetFile, rollout: RolloutFile) => Breach[];

const barrierIsAHost: Rule = (target) => {
  if (target.kind !== "hosts" || target.rolling.barrier === undefined) return [];
  const names = target.hosts.map(({ name }) => name);
  if (names.includes(target.rolling.barrier)) return [];
  return breach(["target", "rolling", "barrier"], `one of target.hosts: ${names.join(", ")}`);
};

const namesAreTheirOwn: Rule = (target) => {
  if (target.kind !== "hosts") return [];
  return (["hosts", "edges"] as const).flatMap((kind) =>
    target[kind].flatMap(({ name }, index, all) =>
      all.findIndex((one) => one.name === name) === index
        ? []
        : breach(["target", kind, index, "name"], "a name that no other of them has"),
    ),
  );
};

const batchesAreTheSteps: Rule = (target, rollout) =>
  target.kind === "hosts" && rollout.strategy === "rolling" && rollout.steps !== undefined
    ? breach(
        ["rollout", "steps"],
        "no steps with the strategy rolling: target.rolling says how many hosts are taken at once",
      )
    : [];

const hostsAreWhole: Rule = (target, rollout) =>
  target.kind === "hosts" && rollout.strategy === "rolling" && rollout.holdback > 0
    ? breach(
        ["rollout", "holdback"],
        "0 with the strategy rolling: a host is wholly on one version",
      )
    : [];

/** All that must hold between the keys of `target`, and between them and `rollout`. */
export const TARGET_RULES: readonly Rule[] = [
  barrierIsAHost,
  namesAreTheirOwn,
  batchesAreTheSteps,
  hostsAreWhole,
];
