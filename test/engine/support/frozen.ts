import { readFileSync } from "node:fs";

/** Stops a server and its children without ending them: connections stay, and nothing answers. What is returned wakes them. */
export function freeze(pid: number): () => void {
  const all = [pid, ...childrenOf(pid)];
  for (const one of all) process.kill(one, "SIGSTOP");
  return () => {
    for (const one of all) process.kill(one, "SIGCONT");
  };
}

function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return list === "" ? [] : list.split(" ").map(Number);
}
