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
 * Then it ends what is still to run a container, which may have to fetch an image for minutes first, waits for a build, of
 * which a part would stay, and removes until there was nothing twice: the engine refuses to remove what is in use, stumbles over
 * what is just being removed, and forgets the volumes of a container that is gone, so they are asked for first.
 */
const SCRIPT = `
cat > /dev/null
engine=$1 mark=$2 format=$3
all() { "$engine" "$@" --quiet --filter "label=$mark"; }
doing() {
  for file in $(printf '%s\\n' "--label=$mark" | grep -lsFf - /proc/[0-9]*/cmdline); do
    pid=\${file#/proc/}
    case "$(tr '\\0' ' ' < "$file")" in *" $1 "*) echo "\${pid%/cmdline}" ;; esac
  done
}
unnamed= nothing=0 tries=0 looks=0
while [ -x "$engine" ] && [ $nothing -lt 2 ] && [ $tries -lt 60 ] && [ $looks -lt 1800 ]; do
  looks=$((looks + 1)) runs=$(doing run) builds=$(doing build) known= stumbled=
  [ -n "$builds" ] || tries=$((tries + 1))
  [ -z "$runs" ] || kill $runs
  containers=$(all ps --all) || stumbled=yes
  volumes=$(all volume ls) || stumbled=yes
  images=$(all images) || stumbled=yes
  if [ -z "$stumbled$runs$builds$containers$volumes$images" ]; then nothing=$((nothing + 1)); else nothing=0; fi
  for container in $containers; do
    if kept=$("$engine" container inspect "$format" $container) || [ $tries -gt 30 ]; then
      unnamed="$unnamed $(printf '%s\\n' "$kept" | grep -E '^[0-9a-f]{64}$')" known="$known $container"
    fi
  done
  if [ -n "$known" ]; then
    "$engine" kill $known
    "$engine" rm --force --volumes $known
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
