import { expect, it } from "vitest";
import { hostEnvironment } from "../../rehearsal/runner/process-env.ts";

it("steps see how this machine reaches the network, and nothing of the process that rehearses", () => {
  const kept = {
    PATH: "/bin",
    HOME: "/h",
    https_proxy: "p",
    NODE_EXTRA_CA_CERTS: "c",
    npm_config_registry: "r",
  };
  const foreign = {
    GITHUB_TOKEN: "t",
    RUNNER_TEMP: "x",
    ACTIONS_RUNTIME_TOKEN: "t",
    INPUT_A: "1",
    GIT_DIR: "/g",
    NODE_OPTIONS: "--inspect",
    npm_lifecycle_event: "test",
    npm_config_local_prefix: "/x",
    CI: "true",
  };
  expect(hostEnvironment({ ...kept, ...foreign })).toEqual(kept);
});
