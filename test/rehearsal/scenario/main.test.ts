import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { REQUIRED_GATES } from "../../../lib/evidence/chain.ts";
import { Record as EvidenceRecord } from "../../../lib/evidence/record.ts";
import { startSluice } from "../../support/sluice-command.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const MAIN = fileURLToPath(new URL("../../../rehearsal/scenario/main.ts", import.meta.url));
const LIMIT_MS = 600_000;

interface Running {
  child: ChildProcess;
  log(): string;
  shows(text: string): Promise<void>;
  ended: Promise<number | null>;
}

function start(args: string[], temp: string): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temp },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    log: () => log,
    ended,
    async shows(text) {
      await Promise.race([
        ended.then(() => {
          throw new Error(`the rehearsal ended without showing ${text}:\n${log}`);
        }),
        expect.poll(() => log.includes(text), { timeout: LIMIT_MS }).toBe(true),
      ]);
    },
  };
}

/** Processes whose command line names this folder; only where the kernel tells. */
function processesOf(folder: string): string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const [line, cwd] = ["cmdline", "environ"].map((file) =>
          readFileSync(join("/proc", pid, file), "utf8").replaceAll("\0", " "),
        );
        return `${line} ${cwd}`.includes(folder) ? [`${pid} ${line}`] : [];
      } catch {
        return [];
      }
    });
}

/** Node keeps what it compiled in the temp folder, for the next time. */
function leftIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== "node-compile-cache");
}

async function recordIn(folder: string): Promise<EvidenceRecord> {
  return EvidenceRecord.parse(JSON.parse(await readFile(join(folder, "record.json"), "utf8")));
}

describe("npm run rehearse", { timeout: LIMIT_MS }, () => {
  it("promotes the good tag, takes the bad one back, loses no request and leaves nothing", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const out = join(path, "out");
      const run = start(["--approve", "always", "--out", out], path);
      expect(await run.ended, run.log()).toBe(0);
      const record = await recordIn(out);
      expect(record.releases.map(({ version, outcome }) => [version, outcome])).toEqual([
        ["1.1.0", "promoted"],
        ["1.2.0", "rolled-back"],
      ]);
      const [good, bad] = record.releases;
      expect(good?.rollout?.steps.map((step) => step.weight)).toEqual([10, 25, 50, 100]);
      expect(good?.gates.map((gate) => gate.name)).toEqual(REQUIRED_GATES);
      const chain = [join(out, "record.json"), "--key", join(out, "cosign.pub")];
      const verified = await startSluice(["verify", ...chain], { cwd: path }).ended;
      expect(verified.output).toContain("1.1.0 promoted, 1.2.0 rolled-back");
      expect(verified.code).toBe(0);
      expect(bad?.gates.find((gate) => gate.name === "canary-promote")?.outcome).toBe("failed");
      expect(bad?.rollout?.secondsToZero).toBeGreaterThan(0);
      for (const release of record.releases) {
        expect(release.traffic.lost).toBe(0);
        expect(release.traffic.requests).toBeGreaterThan(1_000);
      }
      const page = await readFile(join(out, "report.html"), "utf8");
      expect(page).toContain("1.2.0");
      expect(page).not.toMatch(/(?:src|href)="https?:/);
      expect(processesOf(path)).toEqual([]);
      expect(leftIn(path)).toEqual(["out"]);
    } finally {
      await remove();
    }
  });

  it("stops each other bad tag at the gate that has to find it, with the reason", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const out = join(path, "out");
      const bad = "critical-dependency,altered-archive,slow-release";
      const run = start(["--approve", "always", "--scenario", bad, "--out", out], path);
      expect(await run.ended, run.log()).toBe(0);
      const record = await recordIn(out);
      const stops = record.releases.map(({ version, gates }) => {
        const stop = gates.find(({ outcome }) => outcome === "failed");
        return [version, stop?.name, stop?.reason];
      });
      expect(stops).toEqual([
        ["1.1.0", undefined, undefined],
        ["1.3.0", "trivy-scan", expect.stringContaining("1 vulnerability")],
        ["1.4.0", "deploy", expect.stringContaining("signature of other bytes")],
        ["1.5.0", "k6-gate", expect.stringMatching(/p\d+ is .* worse than the baseline/)],
      ]);
      for (const release of record.releases) expect(release.traffic.lost).toBe(0);
    } finally {
      await remove();
    }
  });

  it("records a gate that is left out as skipped by request, never as passed", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const out = join(path, "out");
      const without = "trivy,cosign,k6";
      const run = start(["--approve", "always", "--without", without, "--out", out], path);
      expect(await run.ended, run.log()).toBe(0);
      const record = await recordIn(out);
      for (const { gates } of record.releases) {
        const skipped = gates.filter(({ outcome }) => outcome === "skipped");
        expect(skipped.map(({ name }) => name)).toEqual(["trivy-scan", "cosign-sign", "k6-gate"]);
        for (const { reason } of skipped) expect(reason).toBe("skipped by request");
      }
      expect(existsSync(join(out, "record.json.sigstore.json"))).toBe(false);
    } finally {
      await remove();
    }
  });

  it("gives everything back and leaves nothing when it is interrupted in the middle", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const run = start(["--approve", "always", "--out", join(path, "out")], path);
      await run.shows("Tag v1.1.0 is pushed");
      await run.shows("of 10s watched");
      run.child.kill("SIGINT");
      expect(await run.ended, run.log()).toBe(1);
      expect(run.log()).toContain("cancelled by SIGINT");
      expect(run.log()).toContain("1.1.0 failed: cancelled");
      expect(processesOf(path)).toEqual([]);
      expect(leftIn(path)).toEqual([]);
    } finally {
      await remove();
    }
  });

  it("leaves nothing either when it is told a second time, and ends what still runs", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const run = start(["--approve", "always", "--out", join(path, "out")], path);
      await run.shows("v1.0.0 is released first");
      await run.shows("cd/deploy");
      run.child.kill("SIGINT");
      await run.shows("once more ends what still runs");
      // What comes right after the first is taken for the same: this long after it was heard it is another one.
      await sleep(1_000);
      run.child.kill("SIGINT");
      expect(await run.ended, run.log()).toBe(1);
      expect(processesOf(path)).toEqual([]);
      expect(leftIn(path)).toEqual([]);
    } finally {
      await remove();
    }
  });

  it("ends red without a rollout when the approval is refused", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const run = start(["--approve", "never", "--out", join(path, "out")], path);
      expect(await run.ended, run.log()).toBe(1);
      const record = await recordIn(join(path, "out"));
      for (const release of record.releases) {
        expect(release.outcome).toBe("failed");
        expect(release.rollout).toBeNull();
        expect(release.gates.find((gate) => gate.name === "approval")?.outcome).toBe("failed");
        expect(release.traffic.lost).toBe(0);
      }
    } finally {
      await remove();
    }
  });

  it.each([
    ["--scenario", "slow-relase", "Did you mean slow-release?"],
    ["--without", "deploy", "accepted are trivy-scan (or trivy)"],
    ["--without", "k6-gat", "Did you mean k6-gate?"],
  ])("refuses %s %s, and says what is accepted", async (option, value, says) => {
    const { path, remove } = await temporaryFolder();
    try {
      const run = start([option, value], path);
      expect(await run.ended).toBe(1);
      expect(run.log()).toContain(says);
      expect(leftIn(path)).toEqual([]);
    } finally {
      await remove();
    }
  });

  it("refuses to leave out the gate that a chosen bad tag is there for", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const run = start(["--scenario", "critical-dependency", "--without", "trivy"], path);
      expect(await run.ended).toBe(1);
      expect(run.log()).toContain("trivy-scan has to tell, and --without leaves it out");
      expect(leftIn(path)).toEqual([]);
    } finally {
      await remove();
    }
  });

  it("refuses a rate that it cannot keep, before anything starts", async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const run = start(["--rate", "1e9"], path);
      expect(await run.ended).toBe(1);
      expect(run.log()).toContain('given "1e9", accepted is a whole number from 200 to 5000');
      expect(leftIn(path)).toEqual([]);
    } finally {
      await remove();
    }
  });
});
