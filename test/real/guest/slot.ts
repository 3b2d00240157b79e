import { ENGINE_DEFAULTS, fillTemplate } from "../template.ts";
import { type Guest, SLUICE } from "./guest.ts";

/** An engine in its slot, as the playbook and sluice-host leave it. */
export async function putSlot(guest: Guest, cpus: string): Promise<void> {
  const folder = "/srv-engine";
  const programs = "/usr/local/lib/sluice";
  const sluice = {
    environment: "lab",
    health_path: "/health",
    target: {
      folder,
      programs,
      unit: "engine@",
      slots: { blue: { port: "8081" }, green: { port: "8082" } },
    },
  };
  const files: Record<string, string> = {
    "/etc/systemd/system/engine@.service": fillTemplate("engine/templates/slot.service.j2", {
      ...ENGINE_DEFAULTS,
      engine_cpus: cpus,
      engine_memory_node: "0",
      engine_memory_max: "512M",
      // An emulated machine is slow to say that it lives.
      engine_watchdog_seconds: "40",
      sluice,
    }),
    "/etc/sluice/lab.host": fillTemplate("engine/templates/host.j2", {
      address: "127.0.0.1",
      sluice,
    }),
    [`${folder}/slots/blue/variables`]:
      "PORT=8081\nJOURNAL_DIR=/var/lib/engine/blue\nAFFINITY=on\nSLOT=blue\nVERSION=1\n",
    [`${folder}/slots/blue/start`]: `#!/bin/sh\nexec /usr/local/bin/node ${SLUICE}/engine/main.ts\n`,
  };
  for (const unit of ["init.scope", "system.slice", "user.slice"])
    files[`/etc/systemd/system/${unit}.d/sluice.conf`] = fillTemplate(
      "lowlatency/templates/housekeeping.conf.j2",
      {
        lowlatency_housekeeping_cpus: "0",
        item: { section: unit.endsWith("scope") ? "Scope" : "Slice" },
      },
    );
  for (const [path, text] of Object.entries(files)) {
    const bytes = Buffer.from(text).toString("base64");
    await guest.must(`mkdir -p $(dirname ${path}) && echo ${bytes} | base64 -d > ${path}`);
  }
  await guest.must(
    `useradd -r engine; chmod 755 ${folder}/slots/blue/start; mkdir -p ${programs} && cp ${SLUICE}/hosts/programs/sluice-watch ${programs}/ && systemctl daemon-reload`,
  );
}
