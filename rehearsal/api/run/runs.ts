import { z } from "zod";
import {
  bodyOf,
  type Call,
  idOf,
  type Json,
  list,
  notFound,
  nothing,
  ok,
  type Route,
  route,
} from "../call.ts";
import { ownRun } from "../deployment/environments.ts";
import type { HeldJob } from "../held.ts";
import type { Hub } from "../hub.ts";
import { user } from "../show.ts";

const Dispatch = z.object({ ref: z.string(), inputs: z.record(z.string(), z.json()).default({}) });
const RepositoryDispatch = z.object({
  event_type: z.string().max(100),
  client_payload: z.record(z.string(), z.json()).default({}),
});

/** The run itself, its jobs and artifacts, and workflows that are asked for. */
export const runs: readonly Route[] = [
  route("GET actions/runs/{run}", { actions: "read" }, (call) => {
    ownRun(call);
    return ok(showRun(call.hub));
  }),
  route("GET actions/runs/{run}/jobs", { actions: "read" }, jobs),
  route("GET actions/runs/{run}/attempts/{attempt}/jobs", { actions: "read" }, jobs),
  route("GET actions/jobs/{job}", { actions: "read" }, (call) => {
    const found = [...call.hub.jobs].find(([, job]) => job.id === idOf(call, "job"));
    if (!found) throw notFound();
    return ok(showJob(call.hub, found[0], found[1]));
  }),
  route("GET actions/runs/{run}/artifacts", { actions: "read" }, (call) => {
    ownRun(call);
    const name = call.query.get("name");
    const found = call.hub.facts.artifacts().filter((artifact) => !name || artifact.name === name);
    return list(
      found.map(({ id, name: called }) => ({
        id,
        name: called,
        node_id: `A_${id}`,
        expired: false,
        workflow_run: { id: Number(call.hub.facts.runId) },
      })),
      "artifacts",
    );
  }),
  route("POST actions/runs/{run}/cancel", { actions: "write" }, (call) => {
    ownRun(call);
    call.hub.facts.cancel();
    return { status: 202, body: {} };
  }),
  route("POST actions/workflows/{workflow}/dispatches", { actions: "write" }, (call) => {
    const { ref, inputs } = bodyOf(call, Dispatch);
    call.hub.triggers.push({
      kind: "workflow_dispatch",
      what: call.params.workflow ?? "",
      ref,
      inputs,
    });
    return nothing();
  }),
  route("POST dispatches", { contents: "write" }, (call) => {
    const given = bodyOf(call, RepositoryDispatch);
    const inputs = given.client_payload;
    call.hub.triggers.push({
      kind: "repository_dispatch",
      what: given.event_type,
      ref: "",
      inputs,
    });
    return nothing();
  }),
];

function jobs(call: Call) {
  ownRun(call);
  return list(
    [...call.hub.jobs].map(([path, job]) => showJob(call.hub, path, job)),
    "jobs",
  );
}

function showRun(hub: Hub): Json {
  const { facts } = hub;
  const id = Number(facts.runId);
  return {
    id,
    node_id: `WFR_${id}`,
    name: facts.workflow.name,
    path: facts.workflow.file,
    head_branch: facts.ref.replace(/^refs\/(heads|tags)\//, ""),
    head_sha: facts.sha,
    event: facts.event,
    status: "in_progress",
    conclusion: null,
    run_number: 1,
    run_attempt: facts.attempt,
    actor: user(facts.actor),
    triggering_actor: user(facts.actor),
    url: hub.repositoryUrl(`/actions/runs/${id}`),
    html_url: hub.pageUrl(`/actions/runs/${id}`),
    jobs_url: hub.repositoryUrl(`/actions/runs/${id}/jobs`),
    artifacts_url: hub.repositoryUrl(`/actions/runs/${id}/artifacts`),
    repository: { full_name: facts.repository },
  };
}

function showJob(hub: Hub, path: string, job: HeldJob): Json {
  const { facts } = hub;
  return {
    id: job.id,
    run_id: Number(facts.runId),
    run_attempt: facts.attempt,
    node_id: `CR_${job.id}`,
    head_sha: facts.sha,
    // GitHub shows a called workflow's job as "caller / job".
    name: path.includes("/") ? [...path.split("/").slice(0, -1), job.name].join(" / ") : job.name,
    status: job.status,
    conclusion: job.conclusion,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    steps: job.steps.map((step) => ({ ...step })),
    html_url: hub.pageUrl(`/actions/runs/${facts.runId}/job/${job.id}`),
    check_run_url: hub.repositoryUrl(`/check-runs/${job.id}`),
    runner_name: "rehearsal",
    workflow_name: facts.workflow.name,
  };
}
