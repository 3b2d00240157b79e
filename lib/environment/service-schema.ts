import { z } from "zod";
import { duration, httpPath, mapping, text, textOrInteger } from "./vocabulary.ts";

const LIST_OF_WORDS = "a list of words: [node, main.ts]";
const METRIC_ACCEPTED = "the name of a metric: letters, digits, _ and :";

const series = (description: string) =>
  mapping({
    metric: z
      .string(METRIC_ACCEPTED)
      .regex(/^[A-Za-z_:][A-Za-z0-9_:]*$/, METRIC_ACCEPTED)
      .describe("Name of the metric in the Prometheus text."),
    labels: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of a label: letters, digits and _"),
        textOrInteger("Value that the label must have."),
        "a mapping of labels to values",
      )
      .default({})
      .describe("Labels that must match; series with other labels besides are added up."),
  }).describe(description);

const KIND_ACCEPTED = "the name of a kind: a letter, then letters, digits, - and _, up to 40";

const STATUS_ACCEPTED = "HTTP status codes from 100 to 599: [200, 201]";

const smokeCheck = mapping({
  name: text("For messages; the method and the path when absent.").optional(),
  port: z
    .enum(["service", "metrics"], "service or metrics")
    .default("service")
    .describe("Which of the instance's two ports is asked."),
  method: z
    .enum(
      ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
      "GET, HEAD, POST, PUT, PATCH or DELETE",
    )
    .default("GET")
    .describe("HTTP method."),
  path: httpPath("Path that is asked."),
  json: z.json().optional().describe("Sent as the JSON body."),
  status: z
    .array(
      z.int(STATUS_ACCEPTED).min(100, STATUS_ACCEPTED).max(599, STATUS_ACCEPTED),
      STATUS_ACCEPTED,
    )
    .min(1, STATUS_ACCEPTED)
    .default([200])
    .describe("Status codes that pass."),
  timeout: duration("No answer after this long is a failure.").prefault("5s"),
});

const health = mapping({
  path: httpPath("Answers 2xx when the instance can take traffic.").default("/health"),
  deadline: duration("Not healthy after this long is a failed placement.").prefault("30s"),
  every: duration("How often it is asked.").prefault("100ms"),
});

const metrics = mapping({
  path: httpPath("Where the Prometheus text is, on the metrics port.").default("/metrics"),
  requests: series("Counter of all requests.").prefault({ metric: "http_requests_total" }),
  errors: series("Counter of the requests that failed.").prefault({
    metric: "http_requests_total",
    labels: { outcome: "error" },
  }),
  latency: series(
    "Classic histogram in seconds, by its base name; not measured when absent.",
  ).optional(),
  kinds: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, KIND_ACCEPTED),
      series("Counter of this kind of failed requests."),
      "a mapping of kinds to their series: { corrupted: { metric: answers_corrupted_total } }",
    )
    .optional()
    .describe(
      "Kinds of errors that are also judged apart, each with its share in verdict.weights.kinds.",
    ),
});

const VARIABLE_ACCEPTED = "the name of an environment variable: letters, digits and _";

const variables = (description: string) =>
  z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, VARIABLE_ACCEPTED),
      textOrInteger("Value of the variable."),
      "a mapping of variables to values",
    )
    .default({})
    .describe(description);

const shadow = mapping({
  run: z
    .array(text("A word of the command.", LIST_OF_WORDS), LIST_OF_WORDS)
    .min(1, LIST_OF_WORDS)
    .describe(
      "Command of the candidate's own release, run once beside stable on each machine of the candidate, in its folder; no shell. Exit code 0 passes, 3 found nothing to compare, anything else fails the deploy. Of the candidate {host} {port} {metrics-port} {slot} {version} are filled in, of stable {stable-port} {stable-metrics-port} {stable-slot} {stable-version} {stable-folder}.",
    ),
  env: variables("Its environment, which has nothing of service.env or of the job in it."),
  timeout: duration("Not ended after this long, it is ended, and the deploy has failed.").prefault(
    "1m",
  ),
  "on-inconclusive": z
    .enum(["fail", "go-on"], "fail or go-on")
    .default("fail")
    .describe(
      "What is done where it found nothing to compare. go-on: the deploy goes on, and its gate, its statement and its summary say that nothing was compared.",
    ),
});

export const serviceSchema = mapping({
  name: text("Name of the service, for messages and the release's archive."),
  start: z
    .array(text("A word of the command.", LIST_OF_WORDS), LIST_OF_WORDS)
    .min(1, LIST_OF_WORDS)
    .describe("Command that starts one instance, run in the unpacked release's folder; no shell."),
  env: variables("Its environment. {host} {port} {metrics-port} {slot} {version} are filled in."),
  health: health.prefault({}),
  smoke: z
    .array(smokeCheck, "a list of checks: [{ path: /health }]")
    .prefault([])
    .describe("Asked of each placed instance before it gets any traffic; all must pass."),
  shadow: shadow
    .optional()
    .describe("What the candidate is asked to show beside stable before it counts as placed."),
  metrics: metrics.prefault({}),
  drain: duration("A drained slot is stopped after this long at the latest.").prefault("10s"),
});

export type ServiceFile = z.output<typeof serviceSchema>;
