import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, it } from "vitest";
import { readEnvironment } from "../../lib/environment/read.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const inventory = fileURLToPath(new URL("../../hosts/inventory.py", import.meta.url));

const lacks = missing();
beforeEach((context) => context.skip(lacks !== "", lacks));

it("takes the same defaults as the environment's reader, and reaches machines as the runner does", async () => {
  const folder = await temporaryFolder();
  try {
    const file = join(folder.path, "plain.yaml");
    await writeFile(
      file,
      `service:
  name: engine
  start: [node, main.ts]
  metrics: { latency: { metric: seconds } }
target:
  kind: hosts
  hosts: [{ name: a }, { name: b, address: 10.0.0.2, destination: deploy@bee, sudo: true }]
  edges: [{ name: e, reach: local }]
`,
    );
    const { target, service, name } = await readEnvironment(file);
    if (target.kind !== "hosts") throw new Error("not of kind hosts");
    const text = execFileSync("python3", [inventory], {
      env: { ...process.env, SLUICE_ENVIRONMENT: file },
    }).toString();
    const made = JSON.parse(text);
    const { sluice } = made.all.vars;
    expect(sluice.target).toMatchObject({
      unit: target.unit,
      folder: target.folder,
      backend: target.backend,
      socket: target.socket,
      programs: target.programs,
      slots: {
        blue: { port: target.ports.blue.service, "metrics-port": target.ports.blue.metrics },
        green: { port: target.ports.green.service, "metrics-port": target.ports.green.metrics },
      },
    });
    expect(sluice).toMatchObject({
      environment: name,
      health_path: service.health.path,
      metrics_path: service.metrics.path,
      metrics_names: `${service.metrics.requests.metric}|seconds_bucket|seconds_count|seconds_sum`,
    });
    expect(made.hosts.hosts).toEqual(["a", "b"]);
    expect(made._meta.hostvars).toEqual({
      a: { ansible_connection: "ssh", ansible_host: "a", address: "a" },
      b: {
        ansible_connection: "ssh",
        ansible_host: "bee",
        ansible_user: "deploy",
        ansible_become: true,
        address: "10.0.0.2",
      },
      e: { ansible_connection: "local", address: "e" },
    });
  } finally {
    await folder.remove();
  }
});

function missing(): string {
  try {
    execFileSync("python3", ["-c", "import yaml"], { stdio: "ignore" });
    return "";
  } catch {
    return "it needs python3 with PyYAML, as Ansible does";
  }
}
