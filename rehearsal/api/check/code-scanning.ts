import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { causes } from "../../../lib/error.ts";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  type Json,
  list,
  notFound,
  ok,
  type Route,
  route,
} from "../call.ts";
import type { Analysis } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";
import { loginOf } from "../show.ts";

const MAX_SARIF_BYTES = 200 * 1024 * 1024;

const Upload = z.object({
  commit_sha: z.string().regex(/^[0-9a-fA-F]{40}$/, "a full commit SHA is accepted"),
  ref: z
    .string()
    .regex(/^refs\/(heads|tags|pull)\/.*$/, "refs/heads/…, refs/tags/… or refs/pull/… is accepted"),
  sarif: z.string(),
  tool_name: z.string().optional(),
  checkout_uri: z.string().optional(),
});
const Sarif = z.looseObject({
  version: z.literal("2.1.0"),
  runs: z.array(
    z.looseObject({
      tool: z.looseObject({
        driver: z.looseObject({ name: z.string(), rules: z.array(z.unknown()).optional() }),
      }),
      results: z.array(z.looseObject({ message: z.unknown() })).nullish(),
      automationDetails: z.looseObject({ id: z.string().optional() }).optional(),
    }),
  ),
});

const read = { "security-events": "read" } as const;

export const codeScanning: readonly Route[] = [
  route("POST code-scanning/sarifs", { "security-events": "write" }, (call) => {
    const given = bodyOf(call, Upload);
    const id = randomUUID();
    keep(call, given.commit_sha, given.ref, unpack(given.sarif), id);
    return {
      status: 202,
      body: { id, url: call.hub.repositoryUrl(`/code-scanning/sarifs/${id}`) },
    };
  }),
  route("GET code-scanning/sarifs/{id}", read, (call) => {
    const found = call.hub.analyses.all().filter(({ sarifId }) => sarifId === call.params.id);
    if (found.length === 0) throw notFound();
    const errors = found.map(({ error }) => error).filter((error) => error !== "");
    return ok({
      processing_status: errors.length > 0 ? "failed" : "complete",
      analyses_url: call.hub.repositoryUrl(`/code-scanning/analyses?sarif_id=${call.params.id}`),
      errors: errors.length > 0 ? errors : null,
    });
  }),
  route("GET code-scanning/analyses", read, (call) => {
    const wanted = call.query.get("sarif_id");
    const found = call.hub.analyses.newest().filter(({ sarifId }) => !wanted || sarifId === wanted);
    return list(found.map((analysis) => show(call.hub, analysis)));
  }),
];

/** SARIF comes compressed, and as text. */
function unpack(text: string): Buffer {
  try {
    return gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: MAX_SARIF_BYTES });
  } catch (error) {
    throw new ApiRefusal(
      400,
      `Invalid request. The SARIF is not gzip in Base64: ${causes(error)[0]}`,
    );
  }
}

/** GitHub takes an upload first and judges it later: a wrong one fails in its status. */
function keep(call: Call, sha: string, ref: string, bytes: Buffer, sarifId: string): void {
  const { hub } = call;
  const base = { by: loginOf(hub, call.holder), createdAt: stamp(), sarifId, sha, ref };
  const add = (rest: Pick<Analysis, "tool" | "category" | "results" | "rules" | "error">): void => {
    hub.analyses.add({ id: hub.nextId(), ...base, ...rest });
  };
  const { runs, error } = readSarif(bytes);
  if (error !== "") add({ tool: "", category: "", results: 0, rules: 0, error });
  for (const run of runs) {
    const { driver } = run.tool;
    const category = run.automationDetails?.id ?? "";
    add({
      tool: driver.name,
      category,
      results: run.results?.length ?? 0,
      rules: driver.rules?.length ?? 0,
      error: "",
    });
  }
}

function readSarif(bytes: Buffer): { runs: z.infer<typeof Sarif>["runs"]; error: string } {
  try {
    const read = Sarif.safeParse(JSON.parse(bytes.toString("utf8")));
    if (read.success) return { runs: read.data.runs, error: "" };
    const faults = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    return { runs: [], error: `The SARIF is not valid: ${faults.join("; ")}` };
  } catch (error) {
    return { runs: [], error: `The SARIF is no JSON: ${causes(error)[0]}` };
  }
}

function show(hub: Hub, analysis: Analysis): Json {
  return {
    id: analysis.id,
    ref: analysis.ref,
    commit_sha: analysis.sha,
    analysis_key: analysis.category,
    category: analysis.category,
    error: analysis.error,
    created_at: analysis.createdAt,
    results_count: analysis.results,
    rules_count: analysis.rules,
    sarif_id: analysis.sarifId,
    tool: { name: analysis.tool, guid: null, version: null },
    url: hub.repositoryUrl(`/code-scanning/analyses/${analysis.id}`),
  };
}
