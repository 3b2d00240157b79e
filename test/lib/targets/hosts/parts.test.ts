import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HostsTargetSettings, Service } from "../../../../lib/environment/environment.ts";
import { batchesOf, rollingRouting, sharesOf } from "../../../../lib/targets/hosts/batches.ts";
import { parseRouted, parseServers } from "../../../../lib/targets/hosts/haproxy.ts";
import { statusOf } from "../../../../lib/targets/hosts/hosts-status.ts";
import { parsePast } from "../../../../lib/targets/hosts/past.ts";
import { commandLine } from "../../../../lib/targets/hosts/quote.ts";
import { readBack } from "../../../../lib/targets/hosts/read-back.ts";
import { unitFiles } from "../../../../lib/targets/hosts/unit-files.ts";
import type { Version } from "../../../../lib/targets/target.ts";
import type { Digest } from "../../../../lib/units/digest.ts";

describe("a command line", () => {
  it("is split by a shell into the very words, whatever is in them", () => {
    const word = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const out = execFileSync("sh", ["-c", `printf '%s\\0' ${commandLine(words)}`]).toString();
        expect(out.split("\0").slice(0, -1)).toEqual(
          words.map((text) => Buffer.from(text).toString()),
        );
      }),
      { numRuns: 40 },
    );
  });
});

const NOTHING = { begun: 0, answered: 0, failed: 0, faults: 0 };

const STAT = `# pxname,svname,qcur,qmax,scur,smax,stot,econ,eresp,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,
engine,a-blue,0,0,3,9,110,1,2,0,90,0,7,3,0,
engine,a-green,0,0,0,1,0,0,0,0,0,0,0,0,0,
other,a-green,0,0,8,8,8,8,8,8,8,8,8,8,8,

1
# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight
2 engine 1 a-blue 10.0.0.1 2 0 90 0
2 engine 2 a-green 10.0.0.1 0 0 10 0
`;

describe("HAProxy's answers", () => {
  it("tell each server's weight, health, requests in hand, and what clients got of it", () => {
    expect(parseServers(STAT)).toEqual([
      {
        name: "a-blue",
        weight: 90,
        up: true,
        current: 3,
        counts: { begun: 110, answered: 100, failed: 3, faults: 3 },
      },
      { name: "a-green", weight: 10, up: false, current: 0, counts: NOTHING },
    ]);
    expect(parseServers("")).toEqual([]);
  });

  it("without the counts of a server are refused: nobody knows what it has in hand", () => {
    expect(() => parseServers(STAT.replace("engine,a-green", "engine,b-green"))).toThrow(
      "HAProxy tells no counts of engine/a-green",
    );
  });

  it("tell what was before and what is now", () => {
    const { before, servers } = parseRouted("was=100:0\na-blue 90\na-green 10\n");
    expect(before).toEqual({ weights: { blue: 100, green: 0 }, servers: new Map() });
    const back = (blue: number, green: number) =>
      readBack({ weights: { blue, green }, servers: new Map() }, [["e", servers]]);
    expect(back(90, 10)).toEqual({ blue: 90, green: 10 });
    expect(back(80, 20)).not.toEqual({
      blue: 80,
      green: 20,
    });
  });
});

const machine = (name: string) => ({
  name,
  address: name,
  reach: { by: "local" as const },
  sudo: false,
});
const SETTINGS: HostsTargetSettings = {
  kind: "hosts",
  hosts: [machine("a"), machine("b")],
  edges: [machine("e")],
  batches: [["a"], ["b"]],
  ports: { blue: { service: 1, metrics: 2 }, green: { service: 3, metrics: 4 } },
  unit: "engine@",
  folder: "/srv/engine",
  backend: "engine",
  socket: "/s",
  programs: "/p",
};
const DIGEST = `sha256:${"1".repeat(64)}` as Digest;

describe("a rolling release", () => {
  it("takes the barrier host alone, then the others by batches", () => {
    const batches = batchesOf(["a", "b", "c", "d", "e"], { barrier: "c", size: 2 });
    expect(batches).toEqual([["c"], ["a", "b"], ["d", "e"]]);
    expect(sharesOf(batches)).toEqual([20, 60, 100]);
  });

  it("gives each host wholly to one version, at every weight", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(names, fc.nat(), fc.integer({ min: 1, max: 5 }), (hosts, at, size) => {
        const barrier = hosts[at % hosts.length] ?? "";
        const batches = batchesOf(hosts, { barrier, size });
        expect(batches.flat().sort()).toEqual([...hosts].sort());
        for (const [index, share] of sharesOf(batches).entries()) {
          const { servers } = rollingRouting({ blue: 100 - share, green: share }, "green", batches);
          if (share === 100) expect(servers.size).toBe(0);
          else
            expect(hosts.filter((name) => servers.get(`${name}-green`) === 100).sort()).toEqual(
              batches
                .slice(0, index + 1)
                .flat()
                .sort(),
            );
          for (const name of servers.size === 0 ? [] : hosts)
            expect((servers.get(`${name}-green`) ?? 0) + (servers.get(`${name}-blue`) ?? 0)).toBe(
              100,
            );
        }
      }),
    );
  });
});

describe("what a target sees", () => {
  const edges = (green: number) => [
    {
      edge: {} as never,
      record: {
        nowMs: 0,
        version: "0" as Version,
        lastToken: 0,
        weights: { blue: 100 - green, green },
        servers: new Map<string, number>(),
        lease: null,
      },
      servers: ["a", "b"].flatMap((name) => [
        { name: `${name}-blue`, weight: 100 - green, up: true, current: 1, counts: NOTHING },
        { name: `${name}-green`, weight: green, up: true, current: 2, counts: NOTHING },
      ]),
    },
  ];
  const host = (name: string, restarts: number) => ({
    host: { machine: machine(name) },
    status: {
      slots: { blue: null, green: { digest: DIGEST, active: true, pid: 7, restarts } },
      releases: [{ name: "s", version: "2", commit: "c", digest: DIGEST }],
    },
  });
  const healthy = (green: number, restarts: number) =>
    statusOf(SETTINGS, edges(green), [host("a", 0), host("b", restarts)]).slots.green.instances.map(
      (one) => one.healthy,
    );

  it("counts an instance that had to be started again as sick while it is on trial, and not later", () => {
    expect(healthy(10, 1)).toEqual([true, false]);
    expect(healthy(100, 1)).toEqual([true, true]);
  });

  it("counts a host that cannot be asked as having what the others have, and sick", () => {
    const { slots } = statusOf(SETTINGS, edges(10), [
      host("a", 0),
      { host: { machine: machine("b") }, status: null },
    ]);
    expect(slots.green.instances.map(({ name, healthy }) => [name, healthy])).toEqual([
      ["a-green", true],
      ["b-green", false],
    ]);
    expect(slots.green.inFlight).toBe(4);
    expect(slots.blue.instances).toEqual([]);
  });

  it("tells weights that HAProxy has, where they are not those that it should have", () => {
    const [edge] = edges(10);
    if (!edge) throw new Error("no edge");
    const servers = edge.servers.map((server) =>
      server.name === "b-green" ? { ...server, weight: 50 } : server,
    );
    expect(statusOf(SETTINGS, [{ ...edge, servers }], [host("a", 0)]).weights.green).toBe(50);
  });
});

describe("a unit's files", () => {
  const service = {
    start: ["node", "it's main.ts", "{port}"],
    env: { PORT: "{port}", SECRET: 'a"b$c`d\\e' },
  } as unknown as Service;
  const values = { host: "h", port: 1, "metrics-port": 2, slot: "blue", version: "1" };
  const { variables, start } = unitFiles(service, "/srv/engine/slots/blue/app", values);

  it("quote what systemd would read otherwise", () => {
    expect(variables).toBe('PORT="1"\nSECRET="a\\"b\\$c\\`d\\\\e"\n');
  });

  it("become the service, with its own runtime first, and hold no variable", () => {
    expect(start).toContain("exec node 'it'\\''s main.ts' 1\n");
    expect(start).toContain('PATH="$PWD/runtime/bin:$PATH"');
    expect(start).not.toContain("SECRET");
  });
});

describe("the past that an edge kept", () => {
  const names = {
    path: "/metrics",
    requests: { metric: "r", labels: {} },
    errors: { metric: "r", labels: { outcome: "error" } },
  };
  it("is a reading for each moment, and no evidence where an instance did not answer", () => {
    const text =
      '@ 20 a\nr{outcome="ok"} 5\n@ 20 b\n@ 10 a\nr{outcome="ok"} 3\nr{outcome="error"} 1\n';
    const past = parsePast(text, names);
    expect(past.map(({ atMs }) => atMs)).toEqual([10, 20]);
    expect(past[0]?.counters.total).toMatchObject({ requests: 4, errors: 1 });
    expect(past[1]?.counters.total).toBeNull();
    expect(parsePast("", names)).toEqual([]);
  });
});
