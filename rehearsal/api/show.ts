import { createHash } from "node:crypto";
import type { Json } from "./call.ts";
import type { Hub } from "./hub.ts";
import type { Holder } from "./token.ts";

export const BOT = "github-actions[bot]";

/** Under which login something is made. */
export function loginOf(hub: Hub, holder: Holder): string {
  return holder.kind === "job" ? BOT : hub.facts.actor;
}

export function user(login: string): Json {
  const isBot = login.endsWith("[bot]");
  const id = isBot ? 41_898_282 : numberFor(login);
  return {
    login,
    id,
    node_id: Buffer.from(`U_${id}`).toString("base64"),
    type: isBot ? "Bot" : "User",
    site_admin: false,
    html_url: `https://github.com/${isBot ? "apps/github-actions" : login}`,
  };
}

/** A stable number for a name. */
export function numberFor(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}
