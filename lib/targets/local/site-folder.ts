import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What a site keeps, and where. The path may have spaces in it. */
export interface SiteFolder {
  root: string;
  /** The control socket; not always inside `root`. */
  socket: string;
  settings: string;
  rolloutState: string;
  record: string;
  releases: string;
  slots: string;
  logs: string;
  supervisorLog: string;
}

/** sockaddr_un has 108 bytes on Linux and 104 elsewhere, the closing zero included. */
const MAX_SOCKET_PATH_BYTES = 103;

/** The same site always has the same paths, so that a runner finds a supervisor it did not start. */
export function siteFolder(site: string): SiteFolder {
  const root = resolve(site);
  return {
    root,
    socket: socketPath(root),
    settings: join(root, "settings.json"),
    rolloutState: join(root, "rollout.json"),
    record: join(root, "supervisor.json"),
    releases: join(root, "releases"),
    slots: join(root, "slots"),
    logs: join(root, "logs"),
    supervisorLog: join(root, "supervisor.log"),
  };
}

function socketPath(root: string): string {
  const inside = join(root, "control.sock");
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside;
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  return join(tmpdir(), `sluice-${name}.sock`);
}
