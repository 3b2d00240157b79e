import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

const RUN = randomUUID();

/** On every container, volume and image that this process makes. */
export const MARK = `sluice.rehearsal=${RUN}`;
/** For names: two rehearsals at once do not take each other's. */
export const RUN_NAME = RUN.slice(0, 8);

/**
 * Prints the volumes of a container. Those without a name of somebody's are the container's own, and bear no mark: podman
 * leaves them where it is asked to remove a container that it has just seen end.
 */
export const VOLUMES_OF =
  '--format={{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}';

/**
 * Waits until nobody holds the other end of its standard input, which is when the rehearsal is gone, however it ended.
 * Then it removes until there was nothing twice: an engine that was asked for something when the rehearsal was killed
 * still makes it, and refuses meanwhile to remove what that uses.
 */
const SCRIPT = `
cat > /dev/null
engine=$1 mark=$2 format=$3
all() { "$engine" "$@" --quiet --filter "label=$mark"; }
unnamed= nothing=0 tries=0
while [ $nothing -lt 2 ] && [ $tries -lt 60 ]; do
  tries=$((tries + 1))
  containers=$(all ps --all) volumes=$(all volume ls) images=$(all images)
  if [ -z "$containers$volumes$images" ]; then nothing=$((nothing + 1)); else nothing=0; fi
  if [ -n "$containers" ]; then
    unnamed="$unnamed $("$engine" container inspect "$format" $containers | grep -E '^[0-9a-f]{64}$')"
    "$engine" kill $containers
    "$engine" rm --force --volumes $containers
  fi
  [ -z "$unnamed" ] || "$engine" volume rm $unnamed
  [ -z "$volumes" ] || "$engine" volume rm --force $volumes
  [ -z "$images" ] || "$engine" rmi --force $images
  sleep 1
done
`;

/**
 * Starts a process that removes what is left of this rehearsal in the engine once this process has ended, killed or not.
 * What a job starts is removed with the job: this is for images, which later jobs use again, and for the worst.
 */
export function watchOver(program: string, env: NodeJS.ProcessEnv): void {
  const guard = spawn("sh", ["-c", SCRIPT, "sh", program, MARK, VOLUMES_OF], {
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
