import { join } from "node:path";
import type { Environment, HostsTargetSettings } from "../../../lib/environment/environment.ts";
import { SLOTS } from "../../../lib/units/slot.ts";
import { ENGINE_DEFAULTS, fillTemplate } from "../template.ts";
import type { MachinePlan } from "./machine.ts";

type Made = Pick<MachinePlan, "files" | "copies" | "enabled">;
type LabEnvironment = Environment & { target: HostsTargetSettings };

/** What the playbook puts on a host. */
export function hostFiles(
  { name, target, service }: LabEnvironment,
  root: string,
  address: string,
): Made {
  const settings = fillTemplate("engine/templates/host.j2", {
    address,
    sluice: {
      health_path: service.health.path,
      target: {
        folder: target.folder,
        unit: target.unit,
        slots: {
          blue: { port: `${target.ports.blue.service}` },
          green: { port: `${target.ports.green.service}` },
        },
      },
    },
  });
  return {
    files: {
      [`/etc/sluice/${name}.host`]: { text: settings },
      "/lib/systemd/system/engine@.service": { text: slotUnit(target, name) },
      "/usr/lib/sysusers.d/engine.conf": { text: "u engine - - /nonexistent\n" },
    },
    copies: {
      [`${target.programs}/sluice-ledger`]: join(root, "hosts/programs/sluice-ledger"),
      [`${target.programs}/sluice-gate`]: join(root, "hosts/programs/sluice-gate"),
      [`${target.programs}/sluice-host`]: join(root, "hosts/programs/sluice-host"),
      [`${target.programs}/sluice-watch`]: join(root, "hosts/programs/sluice-watch"),
    },
    enabled: [],
  };
}

/** The playbook's own template, filled in without Ansible. */
function slotUnit({ folder, programs }: HostsTargetSettings, environment: string): string {
  return fillTemplate("engine/templates/slot.service.j2", {
    ...ENGINE_DEFAULTS,
    sluice: { environment, target: { folder, programs } },
  });
}

/** What the playbook puts on an edge. */
export function edgeFiles(environment: LabEnvironment, root: string): Made {
  const { name, target, service } = environment;
  const metrics = [service.metrics.requests, service.metrics.errors].map(({ metric }) => metric);
  const settings = [
    `backend=${target.backend}`,
    `socket=${target.socket}`,
    "server_state=/var/lib/sluice/server-state",
    `metrics_port_blue=${target.ports.blue.metrics}`,
    `metrics_port_green=${target.ports.green.metrics}`,
    `metrics_path=${service.metrics.path}`,
    `metrics_names='${[...new Set(metrics)].join("|")}'`,
  ];
  return {
    files: {
      [`/etc/sluice/${name}.edge`]: { text: `${settings.join("\n")}\n` },
      "/etc/haproxy/haproxy.cfg": { text: haproxyConfiguration(environment) },
    },
    copies: {
      [`${target.programs}/sluice-ledger`]: join(root, "hosts/programs/sluice-ledger"),
      [`${target.programs}/sluice-gate`]: join(root, "hosts/programs/sluice-gate"),
      [`${target.programs}/sluice-edge`]: join(root, "hosts/programs/sluice-edge"),
      "/lib/systemd/system/sluice-guard.service": join(root, "hosts/systemd/sluice-guard.service"),
      "/lib/systemd/system/sluice-guard.timer": join(root, "hosts/systemd/sluice-guard.timer"),
    },
    enabled: [{ unit: "sluice-guard.timer", by: "timers.target" }],
  };
}

function haproxyConfiguration({ target, service }: LabEnvironment): string {
  const servers = target.hosts.flatMap((host) =>
    SLOTS.map(
      (slot) => `  server ${host.name}-${slot} ${host.address}:${target.ports[slot].service}`,
    ),
  );
  return `
global
  user haproxy
  group haproxy
  stats socket ${target.socket} mode 660 level admin expose-fd listeners
  server-state-file /var/lib/sluice/server-state

defaults
  mode http
  # Also how long is waited before a request is tried again where only one server is left.
  timeout connect 400ms
  timeout client 60s
  timeout server 60s
  option redispatch 1
  retries 3
  retry-on conn-failure empty-response 503

frontend ${target.backend}
  bind :8080
  # A client that keeps its connection hears of a reload with its next answer, not in the middle of asking.
  option idle-close-on-response
  default_backend ${target.backend}

backend ${target.backend}
  balance roundrobin
  load-server-state-from-file global
  # Only what may be asked twice is asked again after it was sent.
  http-request disable-l7-retry unless METH_GET
  option httpchk
  http-check send meth GET uri ${service.health.path}
  # Who says 503 lives, and wants no more: it is asked nothing new, and what it has in hand is waited for.
  http-check expect error-status L7OKC ! status 503
  http-check expect status 200-399
  # A connection that is refused is tried elsewhere at once; a check that is late twice takes a server out. What was
  # sent to a machine without power is given up when nothing has acknowledged it, and tried elsewhere if it may be.
  timeout check 800ms
  default-server weight 0 check inter 200ms fall 2 rise 1 on-marked-down shutdown-sessions tcp-ut 1s
${servers.join("\n")}
`;
}
