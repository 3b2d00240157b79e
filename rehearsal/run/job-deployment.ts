import { addDeployment, addStatus } from "../api/deployment/deployment.ts";
import type { Deployment, DeploymentState } from "../api/held.ts";
import { jobOf } from "../api/run/job-log.ts";
import { BOT } from "../api/show.ts";
import type { JobResult } from "../run-event.ts";
import type { Leg } from "./job-matrix.ts";

const STATES: { readonly [result in JobResult]: DeploymentState } = {
  success: "success",
  failure: "failure",
  cancelled: "error",
  skipped: "inactive",
};

/** The deployment that GitHub records for a job with an environment, from its approval to its end. */
export class JobDeployment {
  readonly #leg: Leg;
  readonly #environment: string;
  #deployment: Deployment | undefined;

  constructor(leg: Leg, environment: string) {
    this.#leg = leg;
    this.#environment = environment;
  }

  waits(): void {
    this.#add("waiting", "");
  }

  starts(): void {
    this.#add("in_progress", "");
  }

  ends(result: JobResult, url: string | undefined): void {
    if (this.#deployment) this.#add(STATES[result], url ?? "");
  }

  #add(state: DeploymentState, environmentUrl: string): void {
    if (this.#environment === "") return;
    const { setting, github } = this.#leg.run;
    const { hub, event } = setting;
    this.#deployment ??= addDeployment(hub, {
      by: BOT,
      ref: event.refName,
      sha: event.sha,
      environment: this.#environment,
    });
    const { id } = jobOf(hub, this.#leg.path, this.#leg.name);
    const logUrl = hub.pageUrl(`/actions/runs/${String(github.run_id)}/job/${id}`);
    addStatus(hub, this.#deployment, { by: BOT, state, environmentUrl, logUrl });
  }
}
