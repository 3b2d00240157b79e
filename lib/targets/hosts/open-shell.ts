import type { HostsTargetSettings, Machine } from "../../environment/environment.ts";
import { LocalShell } from "./local-shell.ts";
import type { Shell } from "./shell.ts";
import { SshShell } from "./ssh-shell.ts";

/** The way to a machine that the environment file names. */
export function openShell({ name, reach }: Machine, { sshConfig }: HostsTargetSettings): Shell {
  switch (reach.by) {
    case "local":
      return new LocalShell(name);
    case "ssh":
      return new SshShell(name, reach.destination, sshConfig);
  }
}
