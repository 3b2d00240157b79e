import { stringify } from "yaml";
import type { Answers } from "./answers.ts";

/** environments/NAME.yaml; the rehearsal's differs in where it is and how long its steps are. */
export function environmentFile(answers: Answers, kind: "real" | "rehearsal"): string {
  const { name, start, health, environment } = answers;
  const isReal = kind === "real";
  const head = isReal
    ? `# How ${name} runs in ${environment}, and how a release of it is let in.\n`
    : "# Like the environment beside it, with steps of seconds and a port that is free: for rehearsals on one machine.\n";
  const service = stringify({
    service: {
      name,
      start,
      env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", VERSION: "{version}" },
      health: { path: health },
    },
  });
  const target = stringify({
    target: isReal
      ? { kind: "local", site: `.sluice/${environment}`, listen: answers.listen }
      : { kind: "local", site: ".sluice/rehearsal", listen: "127.0.0.1:0" },
  });
  const rollout = isReal
    ? "rollout:\n  strategy: canary\n  steps: [10, 25, 50, 100]\n  # How long each step is watched: give it the time that your traffic needs (sluice plan tells).\n  interval: 5m\n"
    : "rollout:\n  strategy: canary\n  steps: [25, 50, 100]\n  interval: 3s\n  sample: 250ms\n";
  const metrics = isReal
    ? `  # What the verdict compares, read from Prometheus text on METRICS_PORT. These are the defaults:
  # metrics:
  #   path: /metrics
  #   requests: { metric: http_requests_total }
  #   errors: { metric: http_requests_total, labels: { outcome: error } }
  #   latency: { metric: http_request_duration_seconds }
`
    : "";
  return `${head}${service}${metrics}\n${target}\n${rollout}\nverify: off # until archives are signed: then { key: … }\n`;
}
