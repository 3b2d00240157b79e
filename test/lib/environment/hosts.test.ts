import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../../../lib/environment/read.ts";

const parse = (target: string) =>
  parseEnvironment(`service: { name: engine, start: [node, main.ts] }\ntarget: ${target}\n`, {
    file: "e.yaml",
    name: "lab",
    base: "/repository",
  }).target;

describe("a target of kind hosts", () => {
  it("takes a machine's address and destination from its name, and has defaults for the rest", () => {
    expect(
      parse(
        "{ kind: hosts, hosts: [{ name: engine-1 }], edges: [{ name: edge-1, reach: local }] }",
      ),
    ).toEqual({
      kind: "hosts",
      hosts: [
        {
          name: "engine-1",
          address: "engine-1",
          reach: { by: "ssh", destination: "engine-1" },
          sudo: false,
        },
      ],
      edges: [{ name: "edge-1", address: "edge-1", reach: { by: "local" }, sudo: false }],
      batches: [["engine-1"]],
      ports: { blue: { service: 8081, metrics: 9464 }, green: { service: 8082, metrics: 9465 } },
      unit: "engine@",
      folder: "/srv/engine",
      backend: "engine",
      socket: "/run/haproxy/admin.sock",
      programs: "/usr/local/lib/sluice",
    });
  });

  it("has a step for each batch of a rolling release: the barrier host, then so many at once", () => {
    const { rollout, target } = parseEnvironment(
      "service: { name: engine, start: [node, main.ts] }\ntarget: { kind: hosts, hosts: [{ name: a }, { name: b }, { name: c }], edges: [{ name: e }], rolling: { barrier: b, batch: 2 } }\nrollout: { strategy: rolling, interval: 10s }\n",
      { file: "e.yaml", name: "lab", base: "/repository" },
    );
    expect(target).toMatchObject({ batches: [["b"], ["a", "c"]] });
    expect(rollout.steps).toEqual([
      { weightPercent: 33, holdMs: 10_000 },
      { weightPercent: 100, holdMs: 0 },
    ]);
  });

  it.each([
    ["no edge", "{ kind: hosts, hosts: [{ name: a }], edges: [] }", "target.edges"],
    [
      "a destination that is an option of ssh",
      "{ kind: hosts, hosts: [{ name: a, destination: -oProxyCommand=x }], edges: [{ name: b }] }",
      "target.hosts[0].destination",
    ],
    [
      "a listen, which is another kind's",
      '{ kind: hosts, hosts: [{ name: a }], edges: [{ name: b }], listen: "a:1" }',
      "target.listen: is not a key here",
    ],
    [
      "a barrier that is no host",
      "{ kind: hosts, hosts: [{ name: a }], edges: [{ name: b }], rolling: { barrier: c } }",
      'target.rolling.barrier: given "c"; accepted: one of target.hosts: a',
    ],
    [
      "two edges of one name",
      "{ kind: hosts, hosts: [{ name: a }], edges: [{ name: b }, { name: b }] }",
      "target.edges[1].name",
    ],
    [
      "steps of its own where batches are the steps",
      "{ kind: hosts, hosts: [{ name: a }], edges: [{ name: b }] }\nrollout: { strategy: rolling, steps: [50, 100] }",
      "rollout.steps: given",
    ],
    [
      "a folder that is relative",
      "{ kind: hosts, hosts: [{ name: a }], edges: [{ name: b }], folder: srv }",
      'target.folder: given "srv"; accepted: an absolute path',
    ],
  ])("refuses %s", (_name, target, expected) => {
    expect(() => parse(target)).toThrow(expected);
  });
});
