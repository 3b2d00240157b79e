import { ApiRefusal, type Headers, type Json } from "./call.ts";

const HOUR_SECONDS = 3600;

/** How many requests a token of Actions has in an hour, for one repository. */
export const JOB_LIMIT = 1_000;

/** Counts the requests of a run, as GitHub counts those of an hour. */
export class RateLimit {
  readonly #limit: number;
  readonly #resetSeconds = Math.floor(Date.now() / 1000) + HOUR_SECONDS;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Refuses one request too many, in GitHub's words. */
  check(): void {
    if (this.#used < this.#limit) return;
    const message =
      "API rate limit exceeded for installation. If you reach out to GitHub Support for help, please include the request ID.";
    throw new ApiRefusal(403, message, undefined, this.headers());
  }

  count(): void {
    this.#used++;
  }

  headers(): Headers {
    const { limit, used, remaining, reset } = this.#now();
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-used": String(used),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset": String(reset),
      "x-ratelimit-resource": "core",
    };
  }

  show(): Json {
    const core = this.#now();
    return { resources: { core }, rate: core };
  }

  #now(): { limit: number; used: number; remaining: number; reset: number } {
    const used = Math.min(this.#used, this.#limit);
    return { limit: this.#limit, used, remaining: this.#limit - used, reset: this.#resetSeconds };
  }
}
