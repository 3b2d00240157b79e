import { z } from "zod";
import { mapping, text } from "./vocabulary.ts";

const LISTEN_ACCEPTED = "host:port with a port from 0 to 65535: 127.0.0.1:8080, [::1]:8080";
const LISTEN = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<name>[A-Za-z0-9.-]+)):(?<port>\d{1,5})$/;

const listen = z
  .string(LISTEN_ACCEPTED)
  .regex(LISTEN, LISTEN_ACCEPTED)
  .describe("Where the proxy listens. Port 0 takes a free one.")
  .transform((given) => {
    const { six, name, port } = LISTEN.exec(given)?.groups ?? {};
    return { host: six ?? name ?? "", port: Number(port) };
  })
  .refine(({ port }) => port <= 65_535, LISTEN_ACCEPTED);

const localTarget = mapping({
  kind: z
    .literal("local", "the kind of a target: local or hosts")
    .default("local")
    .describe("local: two slots under one supervisor on this machine."),
  site: text(
    "Folder of the supervisor's state; relative to the root of the repository that holds this file.",
  ),
  listen: listen.prefault("127.0.0.1:8080"),
});

const PORT_ACCEPTED = "a port from 1 to 65535";
const port = (description: string) =>
  z.int(PORT_ACCEPTED).min(1, PORT_ACCEPTED).max(65_535, PORT_ACCEPTED).describe(description);

const NAME_ACCEPTED = "a name of lower-case letters, digits and hyphens: engine-1";
const plainName = (description: string) =>
  z
    .string(NAME_ACCEPTED)
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, NAME_ACCEPTED)
    .describe(description);

const ADDRESS_ACCEPTED = "an address or a host name: 10.0.0.11, engine-1.example.net";
const DESTINATION_ACCEPTED = "what the ssh command takes: engine-1, deploy@10.0.0.11";

const machine = mapping({
  name: plainName("Name of the machine, in messages and of its servers in HAProxy."),
  address: z
    .string(ADDRESS_ACCEPTED)
    .regex(/^[A-Za-z0-9:][A-Za-z0-9.:-]*$/, ADDRESS_ACCEPTED)
    .optional()
    .describe(
      "Address of its services, as the edges and the runner reach them; its name when absent.",
    ),
  reach: z
    .enum(["ssh", "local"], "ssh or local")
    .default("ssh")
    .describe("How the runner commands it; local: the runner is on this very machine."),
  destination: z
    .string(DESTINATION_ACCEPTED)
    .regex(/^[A-Za-z0-9][A-Za-z0-9@._-]*$/, DESTINATION_ACCEPTED)
    .optional()
    .describe("Host of the user's own ssh configuration, or user@host; its name when absent."),
  sudo: z
    .boolean("true or false")
    .default(false)
    .describe("Whether the programs are started by `sudo -n`, for a user that is not root."),
});

const MACHINES = "a list of machines: [{ name: engine-1, address: 10.0.0.11 }]";
const machines = (description: string) =>
  z.array(machine, MACHINES).min(1, MACHINES).max(64, "at most 64 machines").describe(description);

const slotPorts = (slot: string) =>
  mapping({
    port: port(`Port of the service in the ${slot} slot, on each host.`),
    "metrics-port": port(`Port of its metrics.`),
  });

const PATH_ACCEPTED = "an absolute path: /srv/engine";
const absolutePath = (description: string) =>
  z
    .string(PATH_ACCEPTED)
    .regex(/^\/[A-Za-z0-9._/-]+$/, PATH_ACCEPTED)
    .describe(description);

const BATCH_ACCEPTED = "a whole number of at least 1";

const hostsTarget = mapping({
  kind: z
    .literal("hosts", "the kind of a target: local or hosts")
    .describe("hosts: systemd units on machines of one's own, behind HAProxy."),
  hosts: machines("Where the two slots are; each machine has one instance of either."),
  edges: machines(
    "Where HAProxy is. A majority keeps the rollout's state; where their number is even, the first host has a vote as well.",
  ),
  rolling: mapping({
    barrier: plainName(
      "Host that a rolling release takes first, alone; the first one of `hosts` when absent.",
    ).optional(),
    batch: z
      .int(BATCH_ACCEPTED)
      .min(1, BATCH_ACCEPTED)
      .default(1)
      .describe("Hosts that a rolling release takes at once after that."),
  }).prefault({}),
  slots: mapping({ blue: slotPorts("blue"), green: slotPorts("green") }).prefault({
    blue: { port: 8081, "metrics-port": 9464 },
    green: { port: 8082, "metrics-port": 9465 },
  }),
  unit: z
    .string("the beginning of a unit template: engine@")
    .regex(/^[A-Za-z0-9][A-Za-z0-9:_.-]*@$/, "the beginning of a unit template: engine@")
    .default("engine@")
    .describe("systemd unit template of the slots: engine@ is engine@blue and engine@green."),
  folder: absolutePath("Folder of the releases and slots on each host.").default("/srv/engine"),
  backend: plainName("HAProxy's backend.").default("engine"),
  socket: absolutePath("HAProxy's admin socket on each edge.").default("/run/haproxy/admin.sock"),
  programs: absolutePath("Folder of sluice-edge and sluice-host on the machines.").default(
    "/usr/local/lib/sluice",
  ),
  "ssh-config": text(
    "Configuration file for ssh instead of the user's own; relative to the root of the repository.",
  ).optional(),
});

export const targetSchema = z
  .discriminatedUnion("kind", [localTarget, hostsTarget], {
    error: ({ code }) =>
      code === "invalid_union"
        ? "the kind of a target: local or hosts"
        : "a mapping with a kind (local or hosts) and that kind's keys",
  })
  .describe("Where the slots are.");
export type TargetFile = z.output<typeof targetSchema>;
export type HostsTargetFile = z.output<typeof hostsTarget>;
