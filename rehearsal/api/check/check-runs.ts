import { z } from "zod";
import {
  bodyOf,
  type Call,
  created,
  idOf,
  invalid,
  type Json,
  list,
  notFound,
  ok,
  type Route,
  route,
} from "../call.ts";
import { commitAt } from "../git/source.ts";
import type { CheckRun } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";
import { loginOf } from "../show.ts";

const CONCLUSIONS = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "stale",
  "timed_out",
] as const;
const MAX_ANNOTATIONS = 50;

const Annotation = z.looseObject({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string(),
});
const fields = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z
    .enum(["queued", "in_progress", "completed", "waiting", "requested", "pending"])
    .optional(),
  started_at: z.string().optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().max(65_535).optional(),
      text: z.string().max(65_535).optional(),
      annotations: z
        .array(Annotation)
        .max(MAX_ANNOTATIONS, `${MAX_ANNOTATIONS} annotations are allowed in one request`)
        .optional(),
    })
    .optional(),
};
const NewCheck = z.object({ ...fields, name: z.string().min(1), head_sha: z.string().min(1) });
const ChangedCheck = z.object({ ...fields, name: z.string().optional() });
type Change = z.infer<typeof ChangedCheck>;

const read = { checks: "read" } as const;
const write = { checks: "write" } as const;

export const checkRuns: readonly Route[] = [
  route("POST check-runs", write, async (call) => {
    const { hub } = call;
    const given = bodyOf(call, NewCheck);
    const sha = await commitAt(hub, given.head_sha);
    if (!sha) throw invalid("CheckRun", "head_sha", "invalid");
    const run: CheckRun = {
      id: hub.nextId(),
      by: loginOf(hub, call.holder),
      createdAt: stamp(),
      name: given.name,
      sha,
      status: "queued",
      conclusion: null,
      detailsUrl: null,
      externalId: "",
      startedAt: stamp(),
      completedAt: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
    };
    change(run, given);
    return created(show(hub, hub.checkRuns.add(run)));
  }),
  route("PATCH check-runs/{id}", write, (call) => {
    const run = checkOf(call);
    change(run, bodyOf(call, ChangedCheck));
    return ok(show(call.hub, run));
  }),
  route("GET check-runs/{id}", read, (call) => ok(show(call.hub, checkOf(call)))),
  route("GET check-runs/{id}/annotations", read, (call) => list(checkOf(call).annotations)),
  route("GET commits/{ref*}/check-runs", read, async (call) => {
    const sha = await commitAt(call.hub, call.params.ref ?? "");
    const name = call.query.get("check_name");
    const status = call.query.get("status");
    const found = call.hub.checkRuns
      .newest()
      .filter(
        (run) =>
          run.sha === sha && (!name || run.name === name) && (!status || run.status === status),
      );
    return list(
      found.map((run) => show(call.hub, run)),
      "check_runs",
    );
  }),
];

function checkOf(call: Call): CheckRun {
  const found = call.hub.checkRuns.get(idOf(call, "id"));
  if (found) return found;
  throw notFound();
}

/** A conclusion completes a check; annotations add up over requests. */
function change(run: CheckRun, given: Change): void {
  run.name = given.name ?? run.name;
  run.detailsUrl = given.details_url ?? run.detailsUrl;
  run.externalId = given.external_id ?? run.externalId;
  run.startedAt = given.started_at ?? run.startedAt;
  run.status = given.conclusion ? "completed" : (given.status ?? run.status);
  if (given.status === "completed" && !given.conclusion && run.conclusion === null) {
    throw invalid("CheckRun", "conclusion", "missing_field");
  }
  if (given.conclusion) {
    run.conclusion = given.conclusion;
    run.completedAt = given.completed_at ?? stamp();
  }
  run.title = given.output?.title ?? run.title;
  run.summary = given.output?.summary ?? run.summary;
  run.text = given.output?.text ?? run.text;
  for (const annotation of given.output?.annotations ?? []) {
    run.annotations.push(annotation as { [key: string]: Json });
  }
}

function show(hub: Hub, run: CheckRun): Json {
  const url = hub.repositoryUrl(`/check-runs/${run.id}`);
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    name: run.name,
    head_sha: run.sha,
    external_id: run.externalId,
    url,
    html_url: hub.pageUrl(`/runs/${run.id}`),
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    app: { id: 15_368, slug: "github-actions", name: "GitHub Actions" },
    check_suite: null,
    pull_requests: [],
  };
}
