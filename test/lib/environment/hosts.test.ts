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
      ports: { blue: { service: 8081, metrics: 9464 }, green: { service: 8082, metrics: 9465 } },
      unit: "engine@",
      folder: "/srv/engine",
      backend: "engine",
      socket: "/run/haproxy/admin.sock",
      programs: "/usr/local/lib/sluice",
    });
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
      "a folder that is relative",
      "{ kind: hosts, hosts: [{ name: a }], edges: [{ name: b }], folder: srv }",
      'target.folder: given "srv"; accepted: an absolute path',
    ],
  ])("refuses %s", (_name, target, expected) => {
    expect(() => parse(target)).toThrow(expected);
  });
});
