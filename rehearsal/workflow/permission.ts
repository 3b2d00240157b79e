import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { entriesOf, type Token, textOf } from "../language/token.ts";

export type Access = "none" | "read" | "write";

/** What GITHUB_TOKEN may do, per scope; a scope that is not listed has no access. */
export type Permissions =
  | { readonly all: Access }
  | { readonly all: "none"; readonly scopes: ReadonlyMap<string, Access> };

/** What a repository's setting grants when a workflow says nothing: GitHub's restricted default. */
export const DEFAULT_PERMISSIONS: Permissions = {
  all: "none",
  scopes: new Map<string, Access>([
    ["contents", "read"],
    ["packages", "read"],
    ["metadata", "read"],
  ]),
};

const RANK: { readonly [access in Access]: number } = { none: 0, read: 1, write: 2 };

const SCOPES = [
  "actions",
  "artifact-metadata",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "issues",
  "packages",
  "pages",
  "pull-requests",
  "repository-projects",
  "security-events",
  "statuses",
];

/** The most that a repository's settings can grant by default; `id-token` must always be asked for. */
export const accessibleByDefault: Permissions = {
  all: "none",
  scopes: new Map<string, Access>([
    ...SCOPES.map((scope) => [scope, "write"] as const),
    ["metadata", "read"],
    ["models", "read"],
  ]),
};

export function readPermissions(token: Token | undefined): Permissions | undefined {
  if (token === undefined) return undefined;
  const shorthand = textOf(token);
  if (shorthand === "read-all") return { all: "read" };
  if (shorthand === "write-all") return { all: "write" };
  const scopes = new Map<string, Access>();
  for (const { name, value } of entriesOf(token)) {
    const access = textOf(value);
    if (access === "read" || access === "write" || access === "none") scopes.set(name, access);
  }
  return { all: "none", scopes };
}

export function accessTo(permissions: Permissions, scope: string): Access {
  if ("scopes" in permissions) return permissions.scopes.get(scope) ?? "none";
  return permissions.all;
}

/** Tells every scope of a called workflow's job that asks for more than its caller has, as GitHub does before it starts. */
export function tellRaisedPermissions(
  faults: Fault[],
  at: { file: string; token: Token; called: string },
  granted: Permissions,
  asked: Permissions,
): void {
  const raised = raisedScopes(granted, asked);
  if (raised.length === 0) return;
  const wants = raised.map(({ scope, access }) => `${scope}: ${access}`).join(", ");
  const has = raised.map(({ scope, given }) => `${scope}: ${given}`).join(", ");
  faultAt(
    faults,
    at.file,
    at.token,
    `${at.called} is requesting '${wants}', but is only allowed '${has}'; a called workflow can only reduce permissions`,
  );
}

function raisedScopes(
  granted: Permissions,
  asked: Permissions,
): { scope: string; access: Access; given: Access }[] {
  const wanted: [string, Access][] =
    "scopes" in asked ? [...asked.scopes] : SCOPES.map((scope) => [scope, asked.all]);
  return wanted.flatMap(([scope, access]) => {
    const given = accessTo(granted, scope);
    return RANK[access] > RANK[given] ? [{ scope, access, given }] : [];
  });
}

/** For the log: `contents: read, id-token: write`. */
export function permissionsText(permissions: Permissions): string {
  if (!("scopes" in permissions)) return `${permissions.all}-all`;
  const granted = [...permissions.scopes].filter(([, access]) => access !== "none");
  return granted.map(([scope, access]) => `${scope}: ${access}`).join(", ") || "none";
}
