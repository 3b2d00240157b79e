import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allowedCpus, parseCpuList, planAffinity } from "../../engine/os/affinity.ts";
import { EngineProcess } from "./support/engine-process.ts";

test.each([
  [[3], [], [], []],
  [[0, 1], [0], [1], [0]],
  [[4, 5, 6], [4], [5], [6]],
  [[0, 1, 2, 3], [1], [2], [3]],
  [[8, 9, 10, 11, 12, 13, 14, 15], [9], [10], [11]],
])(
  "from the CPUs %j the gateway gets %j, the core %j, the journal %j",
  (cpus, gateway, core, journal) => {
    expect(planAffinity(cpus)).toEqual({ gateway, core, journal });
  },
);

test("a list of CPUs is read as the kernel writes it", () => {
  expect(parseCpuList("0-2,5,7-8")).toEqual([0, 1, 2, 5, 7, 8]);
  expect(parseCpuList("unknown")).toEqual([]);
});

test("health tells where each thread was wanted and where it is", async () => {
  await using engine = await EngineProcess.start({ AFFINITY: "on", PATH: process.env.PATH ?? "" });
  const { threads } = (await engine.call("GET", "/health")).body as {
    threads: Record<string, { planned: string; actual: string; why?: string }>;
  };
  const plan = planAffinity(allowedCpus());
  expect(threads.core?.planned).toBe(plan.core.join(","));
  for (const { planned, actual, why } of Object.values(threads)) {
    if (why === undefined) expect(actual).toBe(planned);
  }
  if (process.platform !== "linux" || threads.core?.why !== undefined) return;
  const tasks = `/proc/${engine.child.pid}/task`;
  const lists = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/status`, "utf8"));
  expect(
    lists.some((status) => status.includes(`Cpus_allowed_list:\t${plan.core.join(",")}\n`)),
  ).toBe(true);
});

test("without AFFINITY threads stay where they are, and without taskset it says why", async () => {
  await using plain = await EngineProcess.start();
  const threads = (await plain.call("GET", "/health")).body.threads;
  expect(threads).toMatchObject({ core: { planned: "", why: "nothing planned" } });
  if (process.platform !== "linux" || allowedCpus().length < 2) return;
  await using bare = await EngineProcess.start({ AFFINITY: "on", PATH: "" });
  const { core } = (await bare.call("GET", "/health")).body.threads as Record<
    string,
    { why: string }
  >;
  expect(core?.why).toContain("taskset");
});
