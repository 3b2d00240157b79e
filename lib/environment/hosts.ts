import { resolve } from "node:path";
import { batchesOf, sharesOf } from "../targets/hosts/batches.ts";
import type { HostsTargetSettings, Machine } from "./environment.ts";
import type { HostsTargetFile } from "./target-schema.ts";

/** A target of kind `hosts` from the words of the file. */
export function typedHosts(file: HostsTargetFile, base: string): HostsTargetSettings {
  const { kind, slots, unit, folder, backend, socket, programs } = file;
  const [first, ...others] = file.edges.map(machine);
  if (first === undefined) throw new Error("the schema lets no empty list of edges through");
  const sshConfig = file["ssh-config"];
  return {
    kind,
    hosts: file.hosts.map(machine),
    edges: [first, ...others],
    batches: batchesOf(
      file.hosts.map(({ name }) => name),
      { barrier: file.rolling.barrier ?? file.hosts[0]?.name ?? "", size: file.rolling.batch },
    ),
    ports: { blue: ports(slots.blue), green: ports(slots.green) },
    unit,
    folder,
    backend,
    socket,
    programs,
    ...(sshConfig === undefined ? {} : { sshConfig: resolve(base, sshConfig) }),
  };
}

function machine({
  name,
  address,
  reach,
  destination,
  sudo,
}: HostsTargetFile["hosts"][0]): Machine {
  return {
    name,
    address: address ?? name,
    reach: reach === "local" ? { by: "local" } : { by: "ssh", destination: destination ?? name },
    sudo,
  };
}

function ports(given: HostsTargetFile["slots"]["blue"]) {
  return { service: given.port, metrics: given["metrics-port"] };
}

/** A rolling release over hosts has a step for each batch. */
export function rollingSteps({ batches }: HostsTargetSettings): Array<{ weight: number }> {
  return sharesOf(batches).map((weight) => ({ weight }));
}
