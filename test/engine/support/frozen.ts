import { readFileSync } from "node:fs";

/** Stops a server and its children without ending them: connections stay, and nothing answers. What is returned wakes them. */
export function freeze(pid: number): () => void {
  // Itself first: it makes no more children then.
  process.kill(pid, "SIGSTOP");
  const children = childrenOf(pid);
  for (const child of children) process.kill(child, "SIGSTOP");
  return () => {
    for (const one of [...children, pid]) process.kill(one, "SIGCONT");
  };
}

function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return list === "" ? [] : list.split(" ").map(Number);
}
