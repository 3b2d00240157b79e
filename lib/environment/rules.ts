import { firstOfEachKey, keyOf } from "./fault.ts";
import { ROLLOUT_RULES } from "./rollout-rules.ts";
import { rolloutSchema } from "./rollout-schema.ts";
import type { Breach } from "./rule.ts";
import { SERVICE_RULES } from "./service-rules.ts";
import { serviceSchema } from "./service-schema.ts";

/**
 * Every rule between keys that the file breaks, the first breach of each key. A section whose keys are wrong by
 * themselves is left out: its rules would only echo that.
 */
export function breaches(file: unknown): Breach[] {
  const sections = typeof file === "object" && file !== null ? file : {};
  const service = serviceSchema.safeParse("service" in sections ? sections.service : undefined);
  const rollout = rolloutSchema.safeParse("rollout" in sections ? sections.rollout : {});
  const found = [
    ...(service.success ? SERVICE_RULES.flatMap((rule) => rule(service.data)) : []),
    ...(rollout.success ? ROLLOUT_RULES.flatMap((rule) => rule(rollout.data)) : []),
  ];
  return firstOfEachKey(found, ({ path }) => keyOf(path));
}
