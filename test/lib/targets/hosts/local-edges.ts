import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Environment } from "../../../../lib/environment/environment.ts";
import { parseEnvironment } from "../../../../lib/environment/read.ts";
import { Edge } from "../../../../lib/targets/hosts/edge.ts";
import { Edges } from "../../../../lib/targets/hosts/edges.ts";
import { Ledger } from "../../../../lib/targets/hosts/ledger.ts";
import { LocalShell } from "../../../../lib/targets/hosts/local-shell.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const PROGRAM = fileURLToPath(new URL("../../../../hosts/programs/sluice-edge", import.meta.url));

const HOST_PROGRAM = fileURLToPath(
  new URL("../../../../hosts/programs/sluice-host", import.meta.url),
);
const GONE = "#!/bin/sh\necho 'no route to host' >&2\nexit 1\n";

/** Answers as HAProxy's admin socket does, from a file of servers and weights; gone when the file is. */
const SOCAT = `#!/bin/sh
servers=$EDGE_FOLDER/servers
[ -f "$servers" ] || exit 1
tr ';' '\\n' | while read -r a b c d e; do
  case "$a $b" in
    'show servers')
      echo 1
      echo '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight'
      awk '{ print 1, "engine", NR, $1, "127.0.0.1", $3, 0, $2 }' "$servers" ;;
    'show stat')
      echo '# pxname,svname,scur'
      awk '{ print "engine," $1 ",0" }' "$servers" ;;
    'set server')
      awk -v name="\${c#*/}" -v weight="$e" '$1 == name { $2 = weight } { print }' "$servers" >"$servers.new"
      mv "$servers.new" "$servers" ;;
  esac
done
`;

/** Half a second of the tests' lease. */
const PATIENCE = { patience: 1 / 120 };

export interface LocalEdge {
  edge: Edge;
  /** Weights as its HAProxy has them. */
  weights(): Promise<{ blue: number; green: number }>;
  /** Takes its HAProxy away, or gives it back with these weights. */
  haproxy(state: "gone" | { blue: number; green: number }): Promise<void>;
  guard(): Promise<void>;
  /** As if it had no power, or was cut off. */
  reachable(is: boolean): Promise<void>;
  /** Runs the program as it is, with this input. */
  call(args: readonly string[], input?: string): Promise<{ code: number; stdout: string }>;
}

/** The real programs of edges, and of a host that votes, in folders of this machine; only HAProxy's socket is not HAProxy's. */
export async function localEdges(count: number) {
  const folder = await temporaryFolder();
  const all = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      localEdge(join(folder.path, `edge-${index + 1}`), index + 1),
    ),
  );
  const [first, ...others] = all.map(({ edge }) => edge);
  if (!first) throw new Error("no edge was asked for");
  const host = await localHost(join(folder.path, "host"));
  return {
    all,
    /** As another runner sees them. */
    open: () => new Edges([first, ...others], host.ledger, PATIENCE),
    edges: new Edges([first, ...others], host.ledger, PATIENCE),
    /** As from an environment file without the first one. */
    withoutFirst: () => new Edges([others[0] ?? first], host.ledger, PATIENCE),
    host,
    remove: folder.remove,
  };
}

async function localHost(folder: string) {
  await mkdir(join(folder, "etc"), { recursive: true });
  await writeFile(join(folder, "etc/lab.host"), `folder='${folder}'\nunit=engine@\n`);
  const program = join(folder, "sluice-host");
  const reachable = (is: boolean) =>
    script(
      program,
      is ? `#!/bin/sh\nSLUICE_ETC='${folder}/etc' exec '${HOST_PROGRAM}' "$@"\n` : GONE,
    );
  await reachable(true);
  const shell = new LocalShell("engine-1");
  return { ledger: new Ledger("engine-1", shell, [program, "lab", "ledger"]), reachable };
}

async function localEdge(folder: string, number: number): Promise<LocalEdge> {
  const servers = join(folder, "servers");
  const state = (blue: number, green: number) =>
    `a-blue ${blue} 2\na-green ${green} 2\nb-blue ${blue} 2\nb-green ${green} 2\n`;
  await mkdir(join(folder, "bin"), { recursive: true });
  await mkdir(join(folder, "etc"));
  await writeFile(servers, state(0, 0));
  const settings = {
    backend: "engine",
    socket: "/nowhere",
    server_state: `${folder}/server-state`,
    state_folder: `${folder}/state`,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}='${value}'\n`);
  await writeFile(join(folder, "etc/lab.edge"), lines.join(""));
  const program = join(folder, "bin/sluice-edge");
  const around = `EDGE_FOLDER='${folder}' SLUICE_ETC='${folder}/etc' PATH='${folder}/bin':"$PATH"`;
  const reachable = (is: boolean) =>
    script(program, is ? `#!/bin/sh\n${around} exec '${PROGRAM}' "$@"\n` : GONE);
  await reachable(true);
  await script(join(folder, "bin/socat"), SOCAT);
  const environment = environmentOf(number);
  const { target } = environment;
  if (target.kind !== "hosts") throw new Error("not of kind hosts");
  const call: LocalEdge["call"] = (args, input = "") =>
    new Promise((resolve) => {
      const child = execFile(program, ["lab", ...args], (error, stdout) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout }),
      );
      child.stdin?.on("error", () => {});
      child.stdin?.end(input);
    });
  return {
    edge: new Edge(target.edges[0], environment.name, { ...target, programs: join(folder, "bin") }),
    call,
    reachable,
    async weights() {
      const text = await readFile(servers, "utf8");
      const weightOf = (slot: string) => Number(new RegExp(`a-${slot} (\\d+)`).exec(text)?.[1]);
      return { blue: weightOf("blue"), green: weightOf("green") };
    },
    async haproxy(given) {
      if (given === "gone") await rm(servers);
      else await writeFile(servers, state(given.blue, given.green));
    },
    async guard() {
      await promisify(execFile)(program, ["lab", "guard"]);
    },
  };
}

async function script(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}

function environmentOf(number: number): Environment {
  const text = `
service: { name: service, start: [node, main.ts] }
target:
  kind: hosts
  hosts: [{ name: a, reach: local }, { name: b, reach: local }]
  edges: [{ name: edge-${number}, reach: local }]
`;
  return parseEnvironment(text, { file: "lab.yaml", name: "lab", base: "/" });
}
