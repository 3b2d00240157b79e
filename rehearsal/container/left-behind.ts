import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

const RUN = randomUUID();

/** On every container, volume and image that this process makes. */
export const MARK = `sluice.rehearsal=${RUN}`;
/** For names: two rehearsals at once do not take each other's. */
export const RUN_NAME = RUN.slice(0, 8);

/** Waits until nobody holds the other end of its standard input, which is when the rehearsal is gone, however it ended. */
const SCRIPT = `
cat > /dev/null
engine=$1 mark=$2
all() { "$engine" "$@" --quiet --filter "label=$mark"; }
containers=$(all ps --all)
[ -z "$containers" ] || { "$engine" kill $containers; "$engine" rm --force --volumes $containers; }
volumes=$(all volume ls)
[ -z "$volumes" ] || "$engine" volume rm --force $volumes
images=$(all images)
[ -z "$images" ] || "$engine" rmi --force $images
`;

/**
 * Starts a process that removes what is left of this rehearsal in the engine once this process has ended, killed or not.
 * What a job starts is removed with the job: this is for images, which later jobs use again, and for the worst.
 */
export function watchOver(program: string, env: NodeJS.ProcessEnv): void {
  const guard = spawn("sh", ["-c", SCRIPT, "sh", program, MARK], {
    env,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => {}); // then there is no shell, and what is left stays
  guard.unref();
  if (guard.stdin && "unref" in guard.stdin && typeof guard.stdin.unref === "function") {
    guard.stdin.unref();
  }
}
