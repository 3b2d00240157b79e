import type { ProfileName } from "../host-tune/profile.ts";
import type { PlanSettings } from "../rollout/plan.ts";
import type { Slot } from "../units/slot.ts";
import type { VerdictSettings } from "../verdict/verdict.ts";

/** environments/NAME.yaml, read and checked once. Durations are milliseconds, percentages 0..100. */
export interface Environment {
  name: string;
  service: Service;
  target: TargetSettings;
  rollout: RolloutSettings;
  verdict: VerdictSettings;
  /** Absent when the file says nothing of it: then nothing is deployed. */
  verify?: VerifySettings;
  /** Absent: nobody looks at kernel settings. */
  tune?: TuneSettings;
}

/** The kernel settings that deploy holds hosts to, and what it does where they differ. */
export interface TuneSettings {
  profile: ProfileName;
  drift: "block" | "warn" | "ignore";
  /** Chosen by the user; proposed from what the host shows when absent. */
  engineCpus?: number[];
}

/** Whose signature a release must carry before it is placed. */
export type VerifySettings = VerifyByKey | VerifyByIdentity | { by: "nobody" };

export interface VerifyByKey {
  by: "key";
  /** Absolute path of a public key, or `env://NAME` of a variable that holds one. */
  key: string;
  /** Whether the signature must be in the transparency log as well. */
  transparencyLog: boolean;
  /** Absolute path; the public Sigstore's root when absent. */
  trustedRoot?: string;
}

export interface VerifyByIdentity {
  by: "identity";
  /** Who the signing certificate was given to; `matching` is a regular expression from ^ to $. */
  identity: { exactly: string } | { matching: string };
  /** The OIDC issuer that vouched for them. */
  issuer: string;
  /** `OWNER/NAME` that the run belonged to: a reusable workflow has one identity, whoever calls it. */
  repository?: string;
  trustedRoot?: string;
}

/** How one instance of the service is started, watched and measured. */
export interface Service {
  name: string;
  /** argv, run in the unpacked release's folder. `{port}`-style placeholders as in `env`. */
  start: string[];
  /** Placeholders: {host} {port} {metrics-port} {slot} {version}. */
  env: Record<string, string>;
  health: { path: string; deadlineMs: number; intervalMs: number };
  smoke: SmokeCheck[];
  /** Absent: the candidate is shown no orders before it gets traffic. */
  shadow?: ShadowSettings;
  metrics: MetricNames;
  /** A drained slot is stopped after this long at the latest. */
  drainDeadlineMs: number;
}

/** A command of the candidate that is run once beside stable, on each machine of the candidate. */
export interface ShadowSettings {
  /** argv, run in the candidate's folder. Placeholders: those of `start`, and stable's. */
  run: string[];
  env: Record<string, string>;
  timeoutMs: number;
  /** What is done when it found nothing to compare. */
  onInconclusive: "fail" | "go-on";
}

export interface SmokeCheck {
  name: string;
  port: "service" | "metrics";
  method: string;
  path: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Accepted status codes. */
  status: number[];
  timeoutMs: number;
}

/** Which series of the Prometheus text are the raw counters. Labels that are given must match. */
export interface MetricNames {
  path: string;
  requests: Series;
  errors: Series;
  /** Base name of a classic histogram in seconds. */
  latency?: Series;
  /** Kinds of errors that are also counted apart, each among `errors`, by name. */
  kinds?: Record<string, Series>;
}

export interface Series {
  metric: string;
  labels: Record<string, string>;
}

/** Where the slots are. */
export type TargetSettings = LocalTargetSettings | HostsTargetSettings;

/** Slots under one supervisor on this machine: no root, no server to install. */
export interface LocalTargetSettings {
  kind: "local";
  /** Folder of the supervisor's state; absolute once read. */
  site: string;
  /** Where the proxy listens. Port 0 takes a free one. */
  listen: { host: string; port: number };
}

/** Slots as systemd units on machines of one's own, behind HAProxy on the edges. */
export interface HostsTargetSettings {
  kind: "hosts";
  hosts: Machine[];
  edges: [Machine, ...Machine[]];
  ports: Record<Slot, { service: number; metrics: number }>;
  /** Names of hosts, by batch, in the order that a rolling release takes them; the barrier host is the first. */
  batches: string[][];
  /** Beginning of the unit template: `engine@`. */
  unit: string;
  /** Of the releases and slots, on each host. */
  folder: string;
  /** HAProxy's. */
  backend: string;
  socket: string;
  /** Folder of sluice-edge and sluice-host, on each machine. */
  programs: string;
  /** Absolute path; the user's own configuration when absent. */
  sshConfig?: string;
}

export interface Machine {
  name: string;
  /** Where its services are reached. */
  address: string;
  reach: { by: "local" } | { by: "ssh"; destination: string };
  sudo: boolean;
}

/** `rollout:` of the file; steps carry their own hold, `interval` where they have none. */
export type RolloutSettings = PlanSettings;
