import { randomBytes } from "node:crypto";
import { type Access, accessTo, type Permissions } from "../workflow/permission.ts";
import type { Need } from "./call.ts";

/** Who asks: a job with the permissions of its token, or a person with one of their own. */
export type Holder =
  | { readonly kind: "job"; readonly job: string; readonly permissions: Permissions }
  | { readonly kind: "person" };

const RANK: { readonly [access in Access]: number } = { none: 0, read: 1, write: 2 };

/** The tokens that this run's GitHub knows. */
export class Tokens {
  readonly #holders = new Map<string, Holder>();

  /** A token for one job, good for as long as the job runs. */
  issue(job: string, permissions: Permissions): string {
    const token = `ghs_${randomBytes(27).toString("base64url").replace(/[-_]/g, "0")}`;
    this.#holders.set(token, { kind: "job", job, permissions });
    return token;
  }

  /** A secret that is shown as a token is somebody's own: it may do what a person may. */
  trust(secret: string): void {
    this.#holders.set(secret, { kind: "person" });
  }

  revoke(token: string): void {
    this.#holders.delete(token);
  }

  find(token: string): Holder | undefined {
    return this.#holders.get(token);
  }
}

/** Any one of what is needed is enough. */
export function isAllowed(holder: Holder, need: Need): boolean {
  if (holder.kind === "person") return true;
  const needs = Object.entries(need);
  return (
    needs.length === 0 ||
    needs.some(([scope, access]) => {
      const has = scope === "metadata" ? "read" : accessTo(holder.permissions, scope);
      return RANK[has] >= RANK[access];
    })
  );
}
