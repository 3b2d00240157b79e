import { readdir, readFile, readlink } from "node:fs/promises";

/** `node (pid 4711)` for whoever listens on `port`, if this machine tells; else undefined. */
export async function holderOfPort(port: number): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsSocket(pid, inodes))) continue;
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "a process");
    return `${name.trim()} (pid ${pid})`;
  }
  return undefined;
}

const LISTEN = "0A";

async function listeningInodes(port: number): Promise<Set<string>> {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const inodes = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const text = await readFile(table, "utf8").catch(() => "");
    for (const line of text.split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      const inode = fields[9];
      if (inode && fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTEN) inodes.add(inode);
    }
  }
  return inodes;
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  // Another user's process does not show its files.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const file of files) {
    const link = await readlink(`/proc/${pid}/fd/${file}`).catch(() => "");
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    if (inode && inodes.has(inode)) return true;
  }
  return false;
}
