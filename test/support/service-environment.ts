import { parseEnvironment } from "../../lib/environment/read.ts";
import {
  type LocalEnvironment,
  localEnvironment,
} from "../../lib/targets/local/local-environment.ts";

/** An environment of the test service, with its site in `site` and on a free port. */
export function serviceEnvironment(site: string): LocalEnvironment {
  const text = `
name: test
service:
  name: service
  start: [node, service/main.ts]
  env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", SLOT: "{slot}", VERSION: "{version}" }
  health: { path: /health, deadline: 60s, every: 25ms }
  drain: 30s
target: { kind: local, site: ${JSON.stringify(site)}, listen: "127.0.0.1:0" }
rollout: { strategy: canary, steps: [10, 25, 50, 100], interval: 1s }
`;
  return localEnvironment(parseEnvironment(text, { file: "test.yaml", name: "test", base: site }));
}
