import { stringify } from "yaml";
import type { Answers } from "./answers.ts";

/** Which of the files: where releases go, the one before it, and the one for rehearsals on one machine. */
export type Kind = "production" | "staging" | "rehearsal";

const HEADS: Readonly<Record<Kind, (answers: Answers) => string>> = {
  production: ({ name, environment }) =>
    `# How ${name} runs in ${environment}, and how a release of it is let in.`,
  staging: ({ name, branch }) =>
    `# How ${name} runs in staging: every push to ${branch} comes here first, in shorter steps.`,
  rehearsal: () =>
    "# Like the environments beside it, with steps of seconds and a port that is free: for rehearsals on one machine.",
};

const ROLLOUTS: Readonly<Record<Kind, string>> = {
  production: `rollout:
  strategy: canary
  steps: [10, 25, 50, 100]
  # How long each step is watched: give it the time that your traffic needs (sluice plan tells).
  interval: 5m
`,
  staging: `rollout:
  strategy: canary
  steps: [50, 100]
  interval: 1m
  # Hardly anybody asks staging for anything: a few requests are enough to go on.
  min-requests: 10
`,
  rehearsal: `rollout:
  strategy: canary
  steps: [25, 50, 100]
  interval: 3s
  sample: 250ms
`,
};

const METRICS = `  # What the verdict compares, read from Prometheus text on METRICS_PORT. These are the defaults:
  # metrics:
  #   path: /metrics
  #   requests: { metric: http_requests_total }
  #   errors: { metric: http_requests_total, labels: { outcome: error } }
  #   latency: { metric: http_request_duration_seconds }
`;

/** One environments/NAME.yaml. */
export function environmentFile(answers: Answers, kind: Kind): string {
  const { name, start, health, request } = answers;
  const service = stringify({
    service: {
      name,
      start,
      env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", VERSION: "{version}" },
      health: { path: health },
      smoke: [{ path: request }, { path: "/metrics", port: "metrics" }],
    },
  });
  const target = stringify({ target: targetOf(answers, kind) });
  const metrics = kind === "production" ? METRICS : "";
  return `${HEADS[kind](answers)}\n${service}${metrics}\n${target}\n${ROLLOUTS[kind]}\n${verify(answers, kind)}`;
}

function targetOf({ environment, listen }: Answers, kind: Kind) {
  if (kind === "rehearsal")
    return { kind: "local", site: ".sluice/rehearsal", listen: "127.0.0.1:0" };
  if (kind === "production") return { kind: "local", site: `.sluice/${environment}`, listen };
  const [host, port] = listen.split(":");
  return { kind: "local", site: ".sluice/staging", listen: `${host}:${Number(port) + 1}` };
}

/** Whose signature is asked for: cd.yml's own, at a version tag or at the branch; a rehearsal's key in a rehearsal. */
function verify({ repository, branch }: Answers, kind: Kind): string {
  if (kind === "rehearsal") {
    return `# A rehearsal signs with a key of its own, and says in the variable SLUICE_VERIFY_KEY which.
verify: { key: "env://SLUICE_VERIFY_KEY" }
`;
  }
  const escaped = repository.replaceAll(".", "\\.");
  const ref =
    kind === "production" ? "tags/v[0-9].*" : `heads/${branch.replaceAll(/[.+]/g, "\\$&")}`;
  return `# Only what this repository's own cd.yml signed, in a run for ${kind === "production" ? "a version tag" : `the branch ${branch}`}.
verify:
  identity-regexp: '^https://github\\.com/${escaped}/\\.github/workflows/cd\\.yml@refs/${ref}$'
  issuer: https://token.actions.githubusercontent.com
  repository: ${repository}
`;
}
