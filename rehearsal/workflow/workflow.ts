import type { Condition } from "../language/condition.ts";
import type { Token } from "../language/token.ts";
import type { InputDefinition } from "./input.ts";
import type { Permissions } from "./permission.ts";

/** A workflow file that GitHub would accept, read into one typed value. */
export interface Workflow {
  /** As shown to people: the path in its repository. */
  readonly file: string;
  readonly name: string;
  readonly runName: Token | undefined;
  readonly triggers: ReadonlyMap<string, Token>;
  readonly dispatchInputs: readonly InputDefinition[];
  readonly call: CallInterface | undefined;
  readonly env: Token | undefined;
  readonly defaults: Token | undefined;
  readonly permissions: Permissions | undefined;
  readonly concurrency: Token | undefined;
  readonly jobs: ReadonlyMap<string, JobDefinition>;
}

/** What `on: workflow_call` declares. */
export interface CallInterface {
  readonly inputs: readonly InputDefinition[];
  readonly secrets: readonly SecretDefinition[];
  readonly outputs: ReadonlyMap<string, Token>;
}

export interface SecretDefinition {
  readonly name: string;
  readonly required: boolean;
}

interface BaseJob {
  readonly id: string;
  readonly token: Token;
  readonly name: Token | undefined;
  /** Ids as they are written at the job's own definition. */
  readonly needs: readonly string[];
  readonly condition: Condition;
  readonly strategy: Token | undefined;
  readonly concurrency: Token | undefined;
  readonly permissions: Permissions | undefined;
}

export interface StepsJob extends BaseJob {
  readonly kind: "steps";
  readonly runsOn: Token | undefined;
  readonly env: Token | undefined;
  readonly environment: Token | undefined;
  readonly outputs: Token | undefined;
  readonly defaults: Token | undefined;
  readonly timeoutMinutes: Token | undefined;
  readonly continueOnError: Token | undefined;
  readonly container: Token | undefined;
  readonly services: Token | undefined;
  readonly steps: readonly JobStep[];
}

/** A job that calls a reusable workflow. */
export interface CallJob extends BaseJob {
  readonly kind: "call";
  readonly uses: string;
  readonly usesToken: Token;
  readonly with: Token | undefined;
  readonly secrets: Token | "inherit" | undefined;
}

export type JobDefinition = StepsJob | CallJob;

interface BaseStep {
  /** Undefined when the author gave none. */
  readonly id: string | undefined;
  /** As `github.action` says it. */
  readonly action: string;
  readonly token: Token;
  readonly name: Token | undefined;
  readonly condition: Condition;
  readonly env: Token | undefined;
  readonly continueOnError: Token | undefined;
  readonly timeoutMinutes: Token | undefined;
  /** Whether the job goes on without waiting for it. */
  readonly background: boolean;
}

export interface RunStep extends BaseStep {
  readonly kind: "run";
  readonly run: Token;
  readonly shell: Token | undefined;
  readonly workingDirectory: Token | undefined;
}

export interface UsesStep extends BaseStep {
  readonly kind: "uses";
  readonly uses: string;
  readonly usesToken: Token;
  readonly with: Token | undefined;
}

export type StepDefinition = RunStep | UsesStep;

/** A step that does nothing itself: it waits for steps in the background, or ends one. It always runs. */
export interface ControlStep {
  readonly kind: "control";
  readonly control: "wait" | "wait-all" | "cancel";
  readonly id: string | undefined;
  readonly token: Token;
  readonly name: Token | undefined;
  readonly continueOnError: Token | undefined;
  /** The background steps that are meant; for wait-all, those that there are then. */
  readonly targets: readonly StepDefinition[];
  /** Ids that no background step before it has. */
  readonly unknown: readonly string[];
}

/** What can stand in a job's `steps:`; a composite action has plain steps alone. */
export type JobStep = StepDefinition | ControlStep;
