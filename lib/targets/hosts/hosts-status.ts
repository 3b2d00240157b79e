import type { HostsTargetSettings, Machine } from "../../environment/environment.ts";
import { sameWeights } from "../../rollout/state.ts";
import type { Instance, Release, Slot, SlotStatus, TargetStatus, Weights } from "../target.ts";
import type { EdgeStatus } from "./edges.ts";
import type { HostStatus } from "./host.ts";

/** What a host said, or null when it could not be asked. */
export interface AskedHost {
  host: { machine: Machine };
  status: HostStatus | null;
}

/** Name of a slot's instance on a machine: its server's in HAProxy as well. */
export function serverName({ name }: Machine, slot: Slot): string {
  return `${name}-${slot}`;
}

export function instanceOf(settings: HostsTargetSettings, machine: Machine, slot: Slot): Instance {
  const { service, metrics } = settings.ports[slot];
  const host = machine.address.includes(":") ? `[${machine.address}]` : machine.address;
  return {
    name: serverName(machine, slot),
    url: `http://${host}:${service}`,
    metricsUrl: `http://${host}:${metrics}`,
  };
}

export function statusOf(
  settings: HostsTargetSettings,
  edges: readonly EdgeStatus[],
  hosts: readonly AskedHost[],
): TargetStatus {
  const weights = weightsOf(edges);
  const present = presentOn(hosts);
  const slot = (which: Slot) => slotStatus(which, settings, edges, hosts, weights, present);
  const lease = edges.map(({ record }) => record.lease).find(Boolean) ?? null;
  return { weights, slots: { blue: slot("blue"), green: slot("green") }, lease, present };
}

/** The weights that HAProxy really has: where an edge has others than it should, those. */
function weightsOf(edges: readonly EdgeStatus[]): Weights {
  const wanted = edges[0]?.record.weights ?? { blue: 0, green: 0 };
  const real = edges.flatMap(({ record, servers }) =>
    servers.map(({ name, weight }): Weights => {
      if (record.servers.get(name) === weight) return record.weights;
      if (name.endsWith("-blue")) return { ...wanted, blue: weight };
      return name.endsWith("-green") ? { ...wanted, green: weight } : wanted;
    }),
  );
  return real.find((weights) => !sameWeights(weights, wanted)) ?? wanted;
}

/** Only what every host has can be placed again. */
function presentOn(hosts: readonly AskedHost[]): Release[] {
  const lists = hosts.flatMap(({ status }) => (status ? [status.releases] : []));
  const [first = [], ...others] = lists;
  return first.filter(({ digest }) =>
    others.every((list) => list.some((release) => release.digest === digest)),
  );
}

function slotStatus(
  slot: Slot,
  settings: HostsTargetSettings,
  edges: readonly EdgeStatus[],
  hosts: readonly AskedHost[],
  weights: Weights,
  present: readonly Release[],
): SlotStatus {
  const digest = hosts.map(({ status }) => status?.slots[slot]?.digest).find(Boolean);
  const names = new Set(hosts.map(({ host }) => serverName(host.machine, slot)));
  const current = edges.flatMap(({ servers }) =>
    servers.filter(({ name }) => names.has(name)).map((server) => server.current),
  );
  return {
    slot,
    release: present.find((release) => release.digest === digest) ?? null,
    instances: digest === undefined ? [] : instances(slot, settings, edges, hosts, weights),
    inFlight: current.reduce((sum, one) => sum + one, 0),
  };
}

/** A host that cannot be reached is taken to have what the others have, and not to be healthy. */
function instances(
  slot: Slot,
  settings: HostsTargetSettings,
  edges: readonly EdgeStatus[],
  hosts: readonly AskedHost[],
  weights: Weights,
): SlotStatus["instances"] {
  return hosts.flatMap(({ host, status }) => {
    const unit = status?.slots[slot];
    if (status !== null && !unit) return [];
    const instance = instanceOf(settings, host.machine, slot);
    const isUp = edges.every(({ servers }) =>
      servers.some(({ name, up }) => name === instance.name && up),
    );
    // systemd starts again what died. On trial, that would hide the very thing that is to be found out.
    const mayRestart = weights[slot] === 100;
    const healthy = isUp && unit?.active === true && (mayRestart || unit.restarts === 0);
    const pid = unit && unit.pid > 0 ? { pid: unit.pid } : {};
    return [{ ...instance, ...pid, healthy }];
  });
}
