import { VerdictSettingsYaml } from "../verdict/settings.ts";
import { baselineBreaches } from "./baseline-rules.ts";
import { firstOfEachKey, keyOf } from "./fault.ts";
import { KINDS_RULES } from "./kinds-rules.ts";
import { ROLLOUT_RULES } from "./rollout-rules.ts";
import { rolloutSchema } from "./rollout-schema.ts";
import type { Breach } from "./rule.ts";
import { SERVICE_RULES } from "./service-rules.ts";
import { serviceSchema } from "./service-schema.ts";
import { TARGET_RULES } from "./target-rules.ts";
import { targetSchema } from "./target-schema.ts";
import { VERIFY_RULES } from "./verify-rules.ts";
import { verifySchema } from "./verify-schema.ts";
import { warmUpBreaches } from "./warm-up-rules.ts";

/**
 * Every rule between keys that the file breaks, the first breach of each key. A section whose keys are wrong by
 * themselves is left out: its rules would only echo that.
 */
export function breaches(file: unknown): Breach[] {
  const sections = typeof file === "object" && file !== null ? file : {};
  const service = serviceSchema.safeParse("service" in sections ? sections.service : undefined);
  const rollout = rolloutSchema.safeParse("rollout" in sections ? sections.rollout : {});
  const verify = verifySchema.safeParse("verify" in sections ? sections.verify : undefined);
  const verdict = VerdictSettingsYaml.safeParse("verdict" in sections ? sections.verdict : {});
  const target = targetSchema.safeParse("target" in sections ? sections.target : undefined);
  const found = [
    ...(service.success ? SERVICE_RULES.flatMap((rule) => rule(service.data)) : []),
    ...(rollout.success ? ROLLOUT_RULES.flatMap((rule) => rule(rollout.data)) : []),
    ...(target.success && rollout.success
      ? TARGET_RULES.flatMap((rule) => rule(target.data, rollout.data))
      : []),
    ...(service.success && verdict.success
      ? KINDS_RULES.flatMap((rule) => rule(service.data, verdict.data))
      : []),
    ...(verdict.success && rollout.success
      ? baselineBreaches({
          verdict: verdict.data,
          rollout: rollout.data,
          kind: target.data?.kind,
        })
      : []),
    ...(verdict.success && rollout.success ? warmUpBreaches(verdict.data, rollout.data) : []),
    ...(verify.success ? VERIFY_RULES.flatMap((rule) => rule(verify.data)) : []),
  ];
  return firstOfEachKey(found, ({ path }) => keyOf(path));
}
