import { z } from "zod";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  created,
  type Json,
  list,
  ok,
  type Route,
  route,
} from "../call.ts";
import { commitAt } from "../git/source.ts";
import type { CommitStatus } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";
import { loginOf, user } from "../show.ts";

const NewStatus = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  target_url: z.string().nullish(),
  description: z.string().max(140, "the description is longer than 140 characters").nullish(),
  context: z.string().default("default"),
});

export const commitStatuses: readonly Route[] = [
  route("POST statuses/{sha}", { statuses: "write" }, async (call) => {
    const { hub } = call;
    const given = bodyOf(call, NewStatus);
    const sha = await commitAt(hub, call.params.sha ?? "");
    if (!sha) throw new ApiRefusal(422, `No commit found for SHA: ${call.params.sha}`);
    const status = hub.statuses.add({
      id: hub.nextId(),
      by: loginOf(hub, call.holder),
      createdAt: stamp(),
      sha,
      state: given.state,
      context: given.context,
      description: given.description ?? null,
      targetUrl: given.target_url ?? null,
    });
    return created(show(hub, status));
  }),
  route("GET commits/{ref*}/statuses", { statuses: "read" }, async (call) => {
    const sha = await shaOf(call);
    const found = call.hub.statuses.newest().filter((status) => status.sha === sha);
    return list(found.map((status) => show(call.hub, status)));
  }),
  route("GET commits/{ref*}/status", { statuses: "read" }, async (call) => {
    const sha = await shaOf(call);
    const { state, latest } = combinedState(call.hub, sha, undefined);
    return ok({
      state: latest.length === 0 ? "pending" : state,
      statuses: latest.map((status) => show(call.hub, status)),
      sha,
      total_count: latest.length,
      url: call.hub.repositoryUrl(`/commits/${sha}/status`),
    });
  }),
];

async function shaOf(call: Call): Promise<string> {
  const ref = call.params.ref ?? "";
  const sha = await commitAt(call.hub, ref);
  if (sha) return sha;
  throw new ApiRefusal(422, `No commit found for SHA: ${ref}`);
}

/** Success when the newest status of every context is one; `only` names the contexts that count. */
export function combinedState(
  hub: Hub,
  sha: string,
  only: readonly string[] | undefined,
): { state: "success" | "pending" | "failure"; latest: CommitStatus[]; contexts: Json[] } {
  const newest = new Map<string, CommitStatus>();
  for (const status of hub.statuses.all()) {
    if (status.sha === sha && (!only || only.includes(status.context)))
      newest.set(status.context, status);
  }
  const latest = [...newest.values()];
  const missing = (only ?? []).filter((context) => !newest.has(context));
  const contexts = [
    ...latest.map(({ context, state }) => ({ context, state })),
    ...missing.map((context) => ({ context, state: "pending" })),
  ];
  const states = contexts.map(({ state }) => state);
  if (states.some((state) => state === "failure" || state === "error"))
    return { state: "failure", latest, contexts };
  return { state: states.includes("pending") ? "pending" : "success", latest, contexts };
}

function show(hub: Hub, status: CommitStatus): Json {
  return {
    url: hub.repositoryUrl(`/statuses/${status.sha}`),
    id: status.id,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: user(status.by),
  };
}
