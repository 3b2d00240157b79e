import { resolve } from "node:path";
import {
  enumKind,
  type Kind,
  pathKind,
  problem,
  value,
  workspaceFolder,
} from "../../lib/action/action.ts";
import { SCANNERS, type Scanner } from "../../lib/scan/finding.ts";
import { SEVERITIES } from "../../lib/scan/severity.ts";

export const scannerKind: Kind<Scanner> = enumKind(SCANNERS);

export const severityKind = enumKind(SEVERITIES);

export const packageTypeKind = enumKind(["os", "library"]);

/** `misconfig=3`: how many counting findings of one scanner are still accepted. */
export const limitKind: Kind<readonly [scanner: Scanner, limit: number]> = {
  type: { name: "string" },
  accepted: `a scanner and a count such as misconfig=3; scanners are ${SCANNERS.join(", ")}`,
  parse(text) {
    const [, name = "", count = ""] = /^(\w+)\s*=\s*(\d+)$/.exec(text) ?? [];
    const scanner = SCANNERS.find((known) => known === name);
    const limit = Number(count);
    return scanner && count !== "" && Number.isSafeInteger(limit)
      ? value([scanner, limit])
      : problem();
  },
};

/** What an image is called in a registry; by digest, by tag or by both. */
const REFERENCE =
  /^[a-z0-9][a-zA-Z0-9._:-]*(\/[a-zA-Z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

export const imageKind: Kind<string> = {
  type: { name: "string" },
  accepted: "an image reference such as ghcr.io/owner/name@sha256:…",
  parse: (text) => (REFERENCE.test(text) ? value(text) : problem()),
};

/** `host/path:tag` of a database in a registry. */
export const mirrorKind: Kind<string> = {
  ...imageKind,
  accepted: "a repository such as ghcr.io/aquasecurity/trivy-db:2",
};

export type ScanPlace = { kind: "path"; path: string } | { kind: "url"; url: string };

/** A path inside the workspace, or where a repository is to be cloned from. */
export const placeKind: Kind<ScanPlace> = {
  type: { name: "string" },
  accepted: "a path inside the workspace, or for scan-type repo the https URL of a repository",
  parse(text) {
    if (/^https?:\/\/[^\s@]+$/.test(text)) return value({ kind: "url", url: text });
    const read = pathKind.parse(text);
    return "value" in read ? value({ kind: "path", path: read.value }) : read;
  },
};

/** A cache may lie outside of the workspace: it holds nothing of the job's. */
export const cacheKind: Kind<string> = {
  type: { name: "string" },
  accepted: "a path, from the workspace where it is relative",
  parse: (text) => (text.includes("\0") ? problem() : value(resolve(workspaceFolder(), text))),
};
