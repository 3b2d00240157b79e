export interface HealthReport {
  code: number;
  body: object;
}

/** What `/health` says. Draining is not ready: whoever routes must look elsewhere. */
export class Health {
  draining = false;
  readonly #describe: () => object;

  constructor(describe: () => object) {
    this.#describe = describe;
  }

  /** The report for a path, or null when this path is not one of health's. */
  report(path: string): HealthReport | null {
    switch (path) {
      case "/health":
        return {
          code: this.draining ? 503 : 200,
          body: { status: this.draining ? "draining" : "ok", ...this.#describe() },
        };
      case "/health/db":
      case "/health/redis":
        // Nothing to reach is not a fault: the engine is whole without either.
        return { code: 200, body: { status: "disabled" } };
      default:
        return null;
    }
  }
}
