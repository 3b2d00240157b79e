import { spawn } from "node:child_process";
import { networkInterfaces } from "node:os";
import { SluiceError } from "../lib/error.ts";

/** Set for the process that runs in the namespace, so that it does not make another one. */
const INSIDE = "SLUICE_OWN_NETWORK";
const LOOPBACK_UP = "ip link set lo up 2>/dev/null || ifconfig lo up";

/** Whether this process is the one inside. Its steps need not know. */
export function isInOwnNetwork(): boolean {
  const inside = process.env[INSIDE] === "1";
  delete process.env[INSIDE];
  if (!inside) return false;
  const others = Object.keys(networkInterfaces()).filter((name) => name !== "lo");
  if (others.length === 0) return true;
  throw cannot(`the network namespace still has ${others.join(", ")}`);
}

/**
 * Runs this command again in a network namespace of its own, where loopback is all there is: nothing that a step starts
 * reaches the network, and the rehearsal's own services are reached as ever. Returns the exit code.
 */
export async function inOwnNetwork(wanted: "loopback" | "none"): Promise<number> {
  const how = await firstThatWorks();
  if (wanted === "none") {
    console.error("--network none: loopback stays, since the rehearsal's own GitHub is on it.");
  }
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const script = `${LOOPBACK_UP} && exec "$@"`;
  const child = spawn("unshare", [...how, "--", "sh", "-c", script, "sh", ...command], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1" },
  });
  const pass = (signal: NodeJS.Signals) => () => {
    // A terminal's Ctrl-C reaches both.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  const listeners = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => {
    const listener = pass(signal);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", (error) => reject(cannot(error.message)));
      child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
    });
  } finally {
    for (const stop of listeners) stop();
  }
}

/** As root at once; else by a user namespace in which we stay who we are. */
async function firstThatWorks(): Promise<string[]> {
  if (process.platform !== "linux") throw cannot(`${process.platform} has no network namespaces`);
  const ways = [["--net"], ["--user", "--map-current-user", "--keep-caps", "--net"]];
  const said: string[] = [];
  for (const way of ways) {
    const fault = await tryWay(way);
    if (fault === undefined) return way;
    said.push(fault);
  }
  throw cannot([...new Set(said)].join("; "));
}

function tryWay(way: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn("unshare", [...way, "--", "sh", "-c", LOOPBACK_UP], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) =>
      resolve(code === 0 ? undefined : said.trim() || `unshare ended with ${code}`),
    );
  });
}

function cannot(why: string): SluiceError {
  return new SluiceError(
    "unsupported",
    `--network none and loopback cannot be enforced here: ${why}`,
    {
      hint: "Run as root on Linux, or allow unprivileged user namespaces; util-linux's unshare and iproute2's ip are needed.",
    },
  );
}
