import type { EnvironmentSettings } from "../run/environment.ts";
import type { RunHappening } from "../run-event.ts";
import type {
  Analysis,
  Attestation,
  CheckRun,
  CommitStatus,
  Deployment,
  HeldJob,
  Issue,
  PendingApproval,
  Release,
  Review,
  Trigger,
} from "./held.ts";
import { Table } from "./table.ts";
import { Tokens } from "./token.ts";

export interface HubFacts {
  /** `owner/name`. */
  readonly repository: string;
  readonly root: string;
  /** Where what it holds on disk may lie. */
  readonly folder: string;
  readonly defaultBranch: string;
  readonly hasCommit: boolean;
  readonly runId: string;
  readonly attempt: number;
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  readonly workflow: { readonly name: string; readonly file: string };
  readonly environments: EnvironmentSettings;
  /** The other repositories that are on this machine, and where. */
  readonly others: readonly { readonly repository: string; readonly path: string }[];
  /** The artifacts of the run, by name. */
  readonly artifacts: () => readonly { readonly id: number; readonly name: string }[];
  /** Cancels the run, as the API's call does. */
  readonly cancel: () => void;
  readonly tell: (happening: RunHappening) => void;
}

/** What GitHub holds about the repository during one run. Only plain data: those who serve it load when they are asked. */
export class Hub {
  readonly facts: HubFacts;
  readonly tokens = new Tokens();
  readonly deployments = new Table<Deployment>();
  readonly releases = new Table<Release>();
  readonly checkRuns = new Table<CheckRun>();
  readonly statuses = new Table<CommitStatus>();
  readonly analyses = new Table<Analysis>();
  readonly attestations = new Table<Attestation>();
  readonly issues = new Table<Issue>();
  readonly jobs = new Map<string, HeldJob>();
  readonly pending = new Table<PendingApproval>();
  readonly reviews: Review[] = [];
  readonly triggers: Trigger[] = [];
  /** Refs that were made or moved over the API; null when it was deleted. */
  readonly refs = new Map<string, string | null>();
  /** Environments by their names; those that jobs deploy to appear by themselves, as on GitHub. */
  readonly environments = new Map<string, { readonly id: number; readonly name: string }>();
  #nextId = 1;
  #url = "";

  constructor(facts: HubFacts) {
    this.facts = facts;
    for (const name of Object.keys(facts.environments)) this.environment(name);
  }

  /** Where the API is served. */
  get url(): string {
    return this.#url;
  }

  servedAt(url: string): void {
    this.#url = url;
  }

  nextId(): number {
    return this.#nextId++;
  }

  repositoryUrl(path = ""): string {
    return `${this.#url}/repos/${this.facts.repository}${path}`;
  }

  pageUrl(path = ""): string {
    return `https://github.com/${this.facts.repository}${path}`;
  }

  environment(name: string): { readonly id: number; readonly name: string } {
    const key = name.toLowerCase();
    const known = this.environments.get(key);
    if (known) return known;
    const made = { id: this.nextId(), name };
    this.environments.set(key, made);
    return made;
  }
}

/** As GitHub writes moments: to the second. */
export function stamp(at = new Date()): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}
