import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { promisify } from "node:util";
import { causes } from "../../../lib/error.ts";
import { processesOn } from "./control-groups.ts";

const run = promisify(execFile);

/** What is looked at of a machine. */
export interface Patient {
  /** Path of what it wrote on its console. */
  console: string;
  plan: { name: string };
}

const LAST_LINES = 40;
const ASK_MS = 10_000;

/** Why a machine may not have come up, as seen from outside: nothing on it has to work for that. */
export async function diagnosis(lab: string, { console, plan }: Patient): Promise<string> {
  const pids = await processesOn(lab, plan.name);
  const first = await firstProcess(pids);
  const inside = first === undefined ? [] : await sightsOf(first);
  const sights: Array<[string, Promise<string>]> = [
    ["its console", lastLines(readFile(console, "utf8"))],
    ["its processes", ask("ps", ["-o", "pid,stat,wchan:24,etimes,args", "-p", pids.join(",")])],
    ...inside,
    ["the bridge", ask("ip", ["-brief", "link"])],
    ["this machine", limits()],
  ];
  const told = await Promise.all(
    sights.map(async ([title, text]) => `--- ${title}\n${(await text).trimEnd()}`),
  );
  return told.join("\n");
}

/** What has number 1 on the machine: systemd, or what is to become it. */
async function firstProcess(pids: readonly number[]): Promise<number | undefined> {
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    // Its numbers, from the outermost namespace of processes that is seen here to its own.
    const numbers = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
    if (numbers.length > 1 && numbers.at(-1) === "1") return pid;
  }
  return undefined;
}

async function sightsOf(first: number): Promise<Array<[string, Promise<string>]>> {
  const on = (...words: string[]) => ask("nsenter", ["-t", `${first}`, "-a", "--", ...words]);
  const stateOf = async (file: string) =>
    `${file}: ${(await readFile(`/proc/${first}/${file}`, "utf8").catch(causes)).toString().trim()}`;
  return [
    [
      "its first process",
      Promise.all(["wchan", "syscall", "stack"].map(stateOf)).then((all) => all.join("\n")),
    ],
    ["its jobs", on("systemctl", "--no-pager", "list-jobs")],
    ["its failed units", on("systemctl", "--no-pager", "--plain", "--failed")],
    ["its addresses", on("ip", "-brief", "address")],
    ["its journal", on("journalctl", "--no-pager", "-o", "short-monotonic", "-n", `${LAST_LINES}`)],
  ];
}

/** What all machines share, and would come up without when it is used up. */
async function limits(): Promise<string> {
  const most = await readFile("/proc/sys/fs/inotify/max_user_instances", "utf8");
  const used = await ask("sh", ["-c", "ls -l /proc/[0-9]*/fd 2>/dev/null | grep -c inotify"]);
  return `load ${loadavg().join(" ")}; inotify instances in this lab: ${used.trim()}, of at most ${most.trim()} for each user of this machine`;
}

function ask(command: string, args: readonly string[]): Promise<string> {
  return run(command, [...args], { timeout: ASK_MS, killSignal: "SIGKILL" }).then(
    ({ stdout, stderr }) => `${stdout}${stderr}`,
    (error: unknown) => causes(error).join(": "),
  );
}

function lastLines(text: Promise<string>): Promise<string> {
  return text.then(
    (all) => all.trimEnd().split("\n").slice(-LAST_LINES).join("\n"),
    (error: unknown) => causes(error).join(": "),
  );
}
