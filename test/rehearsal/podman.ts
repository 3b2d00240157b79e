import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "../../rehearsal/runner/shell.ts";

const run = promisify(execFile);
const PODMAN_MS = 120_000;
const IMAGE = "localhost/rehearsed:1";
const CGROUPS = "/sys/fs/cgroup";

/** What the containers of the tests are made of: this machine's own programs, with the libraries that they load. */
const PROGRAMS = ["sh", "tail", "cat", "sleep", "env", "id", "mkdir", "chmod", "rm", "touch"];

/** A podman with a storage of its own, and one small image in it. */
export interface Podman extends AsyncDisposable {
  readonly image: string;
  /** What a rehearsal needs to find this podman, and no other engine. */
  readonly env: NodeJS.ProcessEnv;
  /** Whatever there is besides the image: containers, volumes, other images. */
  left(): Promise<string[]>;
}

/** Why there is no podman for tests, or one that has just run a container. */
export async function startPodman(): Promise<Podman | string> {
  const program = findProgram("podman", process.env.PATH ?? "");
  if (process.platform !== "linux") return "podman's containers need Linux";
  if (!program) return "podman is not on PATH";
  if (process.getuid?.() !== 0) return "the tests' podman needs root";
  const groups = cgroupsNow();
  const root = realpathSync(mkdtempSync(join(tmpdir(), "sluice-podman-")));
  const env = settings(root, program);
  const podman = (...args: string[]) => run(program, args, { env, timeout: PODMAN_MS });
  const lines = async (...args: string[]) =>
    (await podman(...args)).stdout.split("\n").filter(Boolean);
  const close = async (): Promise<void> => {
    await podman("system", "reset", "--force").catch(() => {});
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    removeCgroups(groups);
  };
  try {
    const info = await podman("info", "--format={{.Store.GraphRoot}}");
    if (info.stdout.trim() !== join(root, "graph")) {
      rmSync(root, { recursive: true });
      return "podman does not take a storage of its own";
    }
    await makeImage(root, podman);
    // With a bridge and a port, as services have them, in a network that goes with them.
    const container = [program, "run", "--rm", "--publish=8123", IMAGE, "id"];
    const script = 'ip link set lo up && exec "$@"';
    const inside = ["--net", "--", "sh", "-c", script, "sh", ...container];
    await run("unshare", inside, { env, timeout: PODMAN_MS });
  } catch (error) {
    await close();
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    return `podman runs no container here: ${said.trim().split("\n").at(-1)?.slice(0, 200)}`;
  }
  return {
    image: IMAGE,
    env,
    left: async () => {
      const asked = [
        lines("ps", "--all", "--format={{.Names}}"),
        lines("volume", "ls", "--format={{.Name}}"),
        lines("images", "--all", "--format={{.Repository}}:{{.Tag}}"),
      ];
      // It may stumble over what is being removed just then.
      const found = await Promise.all(asked).catch((error: unknown) => [[String(error)]]);
      return found.flat().filter((name) => name !== IMAGE);
    },
    [Symbol.asyncDispose]: close,
  };
}

/**
 * A machine without systemd or the right to raise limits is enough. Its locks are its own too: those that podman has in shared
 * memory are of all storages at once, and of two of them one waits for the other for ever.
 */
function settings(root: string, program: string): NodeJS.ProcessEnv {
  const runtime = findProgram("runc", `${process.env.PATH}:/usr/sbin`) ? 'runtime = "runc"\n' : "";
  const bin = join(root, "bin");
  const files = {
    "containers.conf": `[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\nlock_type = "file"\ntmp_dir = "${root}/tmp"\n${runtime}[network]\nnetwork_config_dir = "${root}/networks"\n`,
    "storage.conf": `[storage]\ndriver = "vfs"\ngraphroot = "${root}/graph"\nrunroot = "${root}/run"\n`,
    // Another engine's answer would be another test.
    "bin/docker": "#!/bin/sh\necho 'Cannot connect: not in this test' >&2\nexit 1\n",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  chmodSync(join(bin, "docker"), 0o755);
  return {
    ...process.env,
    PATH: `${bin}:${dirname(program)}:${process.env.PATH}:/usr/sbin:/sbin`,
    CONTAINERS_CONF: join(root, "containers.conf"),
    CONTAINERS_STORAGE_CONF: join(root, "storage.conf"),
  };
}

async function makeImage(
  root: string,
  podman: (...args: string[]) => Promise<unknown>,
): Promise<void> {
  const tree = join(root, "tree");
  for (const folder of ["bin", "tmp", "etc", "dev", "proc", "sys", "root"]) {
    mkdirSync(join(tree, folder), { recursive: true });
  }
  const programs = PROGRAMS.map((name) => findProgram(name, process.env.PATH ?? "")).filter(
    (path) => path !== undefined,
  );
  for (const program of programs)
    copyFileSync(program, join(tree, "bin", program.split("/").at(-1) ?? ""));
  for (const library of [...programs, process.execPath].flatMap(librariesOf)) {
    mkdirSync(join(tree, dirname(library)), { recursive: true });
    copyFileSync(library, join(tree, library));
  }
  writeFileSync(join(tree, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
  writeFileSync(join(tree, "inside"), "a container\n");
  const archive = join(root, "tree.tar");
  await run("tar", ["-C", tree, "-cf", archive, "."]);
  await podman("import", "--quiet", "--change=ENV FROM_IMAGE=yes", archive, IMAGE);
  rmSync(tree, { recursive: true });
  rmSync(archive);
}

function librariesOf(program: string): string[] {
  const said = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...said.matchAll(/(?:=> )?(\/\S+) \(/g)].flatMap(([, path]) =>
    path === undefined ? [] : [path],
  );
}

/** Podman leaves its empty groups behind. */
function cgroupsNow(): Set<string> {
  if (!existsSync(CGROUPS)) return new Set();
  const roots = [CGROUPS, ...readdirSync(CGROUPS).map((name) => join(CGROUPS, name))];
  return new Set(
    roots.map((path) => join(path, "libpod_parent")).filter((path) => existsSync(path)),
  );
}

function removeCgroups(before: ReadonlySet<string>): void {
  for (const path of cgroupsNow()) {
    if (before.has(path)) continue;
    try {
      for (const name of readdirSync(path, { withFileTypes: true })) {
        if (name.isDirectory()) rmdirSync(join(path, name.name));
      }
      rmdirSync(path);
    } catch {
      // Something is in it still; an empty group costs nothing.
    }
  }
}
