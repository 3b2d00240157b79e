import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { killed } from "../engine/support/killed.ts";
import { loopbackPort } from "../engine/support/loopback-port.ts";
import { until } from "../support/until.ts";

const hosts = fileURLToPath(new URL("../../hosts", import.meta.url));

interface Told {
  environment: string;
  serving: string;
  text: string;
}

/** srv_op_state; 1 is one that starts slowly, which none is told to. */
const STATES: Record<string, "up" | "leaving"> = { 2: "up", 3: "leaving" };
/** srv_check_status of one that HAProxy has not looked at yet, and takes for one that is up. */
const NEVER_CHECKED = 1;

/** HAProxy with the playbook's configuration, and the program that tells of takeovers; hosts by name, on loopback. */
export async function startEdge(
  addresses: Record<string, string> = { a: "127.0.0.1" },
  { isPatient = false }: { isPatient?: boolean } = {},
) {
  // Without a blank in its path: HAProxy's configuration, and addresses of sockets, bear none.
  const folder = await mkdtemp(join(tmpdir(), "sluice-edge-"));
  const ports = {
    edge: await loopbackPort(),
    metrics: await loopbackPort(),
    primary: await loopbackPort(),
    standby: await loopbackPort(),
  };
  const socket = join(folder, "admin.sock");
  const told: Told[] = [];
  const webhook = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    told.push(JSON.parse(body));
    response.end();
  }).listen(0, "127.0.0.1");
  await once(webhook, "listening");
  const { port: webhookPort } = webhook.address() as AddressInfo;
  await mkdir(join(folder, "etc"));
  await writeFile(
    join(folder, "etc/lab.edge"),
    `backend=engine\nsocket=${socket}\nstate_folder=${folder}\n`,
  );
  await writeFile(join(folder, "incident-webhook"), `http://127.0.0.1:${webhookPort}/secret-token`);
  const file = join(folder, "haproxy.cfg");
  const text = configuration(folder, socket, ports, addresses);
  // Where a check may be late only since others use this machine up.
  await writeFile(
    file,
    isPatient ? text.replace("timeout check 800ms", "timeout check 20s") : text,
  );
  execFileSync("haproxy", ["-c", "-q", "-f", file]);
  const haproxy = spawn("haproxy", ["-db", "-f", file], { stdio: "ignore" });
  const teller = spawn(join(hosts, "programs/sluice-incident"), ["lab"], {
    stdio: "ignore",
    env: {
      PATH: process.env.PATH,
      SLUICE_ETC: join(folder, "etc"),
      CREDENTIALS_DIRECTORY: folder,
    },
  });
  const ask = (command: string) =>
    execFileSync("socat", ["-t", "60", "-", `UNIX-CONNECT:${socket}`], {
      input: `${command}\n`,
      encoding: "utf8",
    });
  await until("HAProxy answers", () => {
    try {
      return existsSync(socket) && ask("show info") !== "";
    } catch {
      return false;
    }
  });
  return {
    url: `http://127.0.0.1:${ports.edge}`,
    ports,
    told,
    ask,
    /** What the edge's own program tells of it. */
    status: () =>
      execFileSync(join(hosts, "programs/sluice-edge"), ["lab", "status"], {
        env: { PATH: process.env.PATH, SLUICE_ETC: join(folder, "etc") },
        encoding: "utf8",
      }),
    /** Up takes traffic; leaving does no more, and answers what it has in hand. */
    states(): Record<string, "up" | "leaving" | "down"> {
      const rows = ask("show servers state engine")
        .split("\n")
        .map((line) => line.split(" "));
      const servers = rows.filter(({ length, 0: first }) => length > 7 && first !== "#");
      return Object.fromEntries(
        servers.map(({ 3: name, 5: state = "", 10: check }) => [
          name,
          Number(check) > NEVER_CHECKED ? (STATES[state] ?? "down") : "down",
        ]),
      );
    },
    commandLines: () => spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout,
    async [Symbol.asyncDispose]() {
      await Promise.all([killed(haproxy), killed(teller)]);
      webhook.closeAllConnections();
      webhook.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The playbook's own template, filled in by the engine that Ansible uses. */
function configuration(
  folder: string,
  socket: string,
  ports: Record<"edge" | "metrics" | "primary" | "standby", number>,
  addresses: Record<string, string>,
): string {
  const slot = (port: number) => ({ port, "metrics-port": 0 });
  const values = {
    sluice: {
      environment: "lab",
      health_path: "/health",
      target: { socket, backend: "engine", slots: { blue: slot(ports.primary), green: slot(1) } },
    },
    groups: { hosts: Object.keys(addresses) },
    hostvars: Object.fromEntries(
      Object.entries(addresses).map(([name, address]) => [name, { address }]),
    ),
    address: "127.0.0.1",
    edge_bind: `127.0.0.1:${ports.edge}`,
    edge_certificate: "",
    edge_metrics_port: ports.metrics,
    edge_standby: [{ name: "b", address: "127.0.0.1", port: ports.standby }],
  };
  const fill =
    "import sys, json, jinja2; e = jinja2.Environment(trim_blocks=True, keep_trailing_newline=True);" +
    "print(e.from_string(open(sys.argv[1]).read()).render(json.load(sys.stdin)))";
  const template = join(hosts, "roles/edge/templates/haproxy.cfg.j2");
  const text = execFileSync("python3", ["-c", fill, template], {
    input: JSON.stringify(values),
    encoding: "utf8",
  });
  // As the user who runs this; the machine's own user and state folder are not for tests.
  return text.replace(/^ {2}(?:user|group) .*\n/gm, "").replaceAll("/var/lib/sluice", folder);
}

/** Why none can be made here; empty when it can. */
export function edgeLack(): string {
  for (const tool of ["haproxy", "socat", "curl"])
    if (spawnSync(tool, ["-v"]).error !== undefined) return `it needs ${tool}`;
  return spawnSync("python3", ["-c", "import jinja2"]).status === 0
    ? ""
    : "it needs python3 with Jinja2, as Ansible does";
}
