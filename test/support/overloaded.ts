import { availableParallelism, loadavg } from "node:os";

/** Somebody else is using this machine up: then it is its scheduler whom a time tells of. */
export function isOverloaded(): boolean {
  return (loadavg()[0] ?? 0) > 3 * availableParallelism();
}
