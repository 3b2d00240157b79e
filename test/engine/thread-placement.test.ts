import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowedCpus, parseCpuList, planAffinity } from "../../engine/os/affinity.ts";
import { EngineProcess } from "./support/engine-process.ts";

interface Pinned {
  planned: string;
  actual: string;
  why?: string;
}

const cpus = allowedCpus();
const noTool = spawnSync("taskset", ["--version"]).error === undefined ? null : "no taskset";
const lack = process.platform === "linux" ? noTool : "not Linux";

/** Each set that this machine can leave to an engine: one CPU, another one, two, four, eight, as far as there are so many. */
const SETS = [
  ...new Set(
    [cpus.slice(0, 1), cpus.slice(-1), cpus.slice(0, 2), cpus.slice(0, 4), cpus.slice(0, 8)].map(
      (set) => set.join(","),
    ),
  ),
];

test.skipIf(lack !== null).each(SETS)(
  `with the CPUs %s left to the engine each thread is where the plan puts it, by the kernel's own word${said(lack)}`,
  async (list) => {
    const set = parseCpuList(list);
    const plan = planAffinity(set);
    const folder = mkdtempSync(join(tmpdir(), "affinity-"));
    const env = { AFFINITY: "on", JOURNAL_DIR: folder, PATH: process.env.PATH ?? "" };
    await using engine = await EngineProcess.start(env, undefined, ["taskset", "-c", list]);
    const { threads } = (await engine.call("GET", "/health")).body as {
      threads: Record<string, Pinned>;
    };
    const placed = threadsOf(engine.child.pid ?? 0);
    const kernelsNames = { gateway: "MainThread", core: "core", journal: "journal" };
    for (const [name, kernels] of Object.entries(kernelsNames)) {
      const planned = plan[name as keyof typeof plan].join(",");
      // Nothing to choose from leaves the thread with all that the process may use.
      const expected = planned === "" ? set : parseCpuList(planned);
      expect(placed.get(kernels)).toEqual(expected);
      expect(threads[name]?.planned).toBe(planned);
      expect(parseCpuList(threads[name]?.actual ?? "")).toEqual(expected);
      expect(threads[name]?.why).toBe(planned === "" ? "nothing planned" : undefined);
    }
    for (const where of placed.values()) {
      expect(where.filter((cpu) => !set.includes(cpu))).toEqual([]);
    }
    rmSync(folder, { recursive: true, force: true });
  },
);

/** The CPUs that each thread of a process may use, by the thread's name. */
function threadsOf(pid: number): Map<string, number[]> {
  const tasks = `/proc/${pid}/task`;
  return new Map(
    readdirSync(tasks).map((task) => {
      const status = readFileSync(`${tasks}/${task}/status`, "utf8");
      const name = /^Name:\t(.*)$/m.exec(status)?.[1] ?? "";
      const list = /^Cpus_allowed_list:\t(\S+)$/m.exec(status)?.[1] ?? "";
      return [name, parseCpuList(list)];
    }),
  );
}

function said(reason: string | null): string {
  return reason === null ? "" : ` (${reason})`;
}
