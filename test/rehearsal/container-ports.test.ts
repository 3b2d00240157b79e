import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, runWorkflow } from "./rehearsed.ts";

/** Takes docker's orders, and has one port for services: who asks for it while it is taken is refused. */
const ENGINE = `#!/bin/sh
port="$(dirname "$0")/port"
case "$*" in
  run*redis:8*) mkdir "$port" || { echo "address already in use" >&2; exit 1; }; echo service ;;
  run*) echo job ;;
  rm*sluice-redis-*) rmdir "$port" ;;
  exec*)
    while case "$1" in sluice-job-*) false ;; esac; do shift; done
    shift
    exec "$@" ;;
  inspect*) echo '[{"State":{"Running":true,"Health":{"Status":"healthy"}}}]' ;;
esac
`;

it("lets jobs in containers have the same ports for their services, one after the other", async () => {
  const bin = folder({ docker: ENGINE, podman: "#!/bin/sh\nexit 125\n" });
  for (const name of ["docker", "podman"]) chmodSync(join(bin, name), 0o755);
  const { result, events, printed, annotations } = await runWorkflow(
    `
on: push
jobs:
  test:
    strategy: { fail-fast: false, matrix: { version: [22, 24, 26] } }
    runs-on: x
    container: "node:\${{ matrix.version }}"
    services: { redis: { image: "redis:8" } }
    steps: [{ run: "sleep 0.2; echo tested" }]
  other:
    runs-on: x
    steps: [{ run: "true" }]
`,
    { env: { PATH: `${bin}:${process.env.PATH}` } },
  );
  const legs = ["test (22)", "test (24)", "test (26)"];
  expect(legs.flatMap(annotations)).toEqual([]);
  expect(result.jobs).toEqual({ test: "success", other: "success" });
  expect(legs.map(printed)).toEqual([["tested"], ["tested"], ["tested"]]);
  expect(existsSync(join(bin, "port"))).toBe(false);
  const waits = events.filter(({ type }) => type === "job-waiting");
  expect(waits).toHaveLength(2);
  expect(waits[0]).toMatchObject({ reason: expect.stringContaining("this machine's ports") });
});
