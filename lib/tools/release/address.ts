import { isIPv4 } from "node:net";
import { SluiceError } from "../../error.ts";

const GITHUB = "https://github.com/";

/** Where a release is downloaded from: its publisher, or the same path on the mirror of `SLUICE_TOOL_MIRROR`. */
export function addressOf(
  url: string,
  env: NodeJS.ProcessEnv,
): { address: URL } | { fault: string } {
  const mirror = env.SLUICE_TOOL_MIRROR;
  if (!mirror) return { address: new URL(url) };
  if (mirror === "off") return { fault: "SLUICE_TOOL_MIRROR is off" };
  const base = URL.parse(mirror);
  if (!base || !isTrusted(base)) throw notAMirror(mirror);
  const path = url.startsWith(GITHUB) ? url.slice(GITHUB.length) : new URL(url).pathname.slice(1);
  return { address: new URL(path, `${base.href.replace(/\/+$/, "")}/`) };
}

/** Nobody listens between two processes of one machine; everywhere else it must be https. */
export function isTrusted({ protocol, hostname }: URL): boolean {
  if (protocol === "https:") return true;
  return protocol === "http:" && isLoopback(hostname);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (isIPv4(host) && host.startsWith("127."));
}

/** Of an address only what may be shown: no password, and no signed query of a storage service. */
export function shown({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}

function notAMirror(mirror: string): SluiceError {
  const url = URL.parse(mirror);
  const given = url ? shown(url) : mirror;
  return new SluiceError("invalid-input", `SLUICE_TOOL_MIRROR is \`${given}\``, {
    hint: "give an https:// address that serves GitHub's paths below it, or `off` to download no releases",
  });
}
