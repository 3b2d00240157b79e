/** Asks a part of the engine that others run, within a limit. */
export type Probe = () => Promise<HealthReport>;

export interface HealthReport {
  code: number;
  body: object;
}

/** Nothing to reach is not a fault: the engine is whole without either. */
const NOT_CONFIGURED: HealthReport = { code: 200, body: { status: "disabled" } };

const PATHS = ["/health", "/health/db", "/health/redis", "/symbols"];

/** What `/health` says. Draining is not ready: whoever routes must look elsewhere. */
export class Health {
  draining = false;
  /** Another engine has taken over. */
  fenced = false;
  /** What there is to reach; a part that is not configured has none. */
  readonly probes: { db?: Probe; redis?: Probe } = {};
  readonly #describe: () => object;

  constructor(describe: () => object) {
    this.#describe = describe;
  }

  #status(): string {
    if (this.fenced) return "fenced";
    return this.draining ? "draining" : "ok";
  }

  /** The report for a path, or null when this path is not one of health's. */
  report(path: string): HealthReport | Promise<HealthReport> | null {
    switch (path) {
      // Whoever comes without a path learns what this is and where to look.
      case "/":
        return { code: 200, body: { service: "sluice-engine", see: PATHS } };
      case "/health":
        return {
          code: this.draining || this.fenced ? 503 : 200,
          body: { status: this.#status(), ...this.#describe() },
        };
      case "/health/db":
        return this.probes.db?.() ?? NOT_CONFIGURED;
      case "/health/redis":
        return this.probes.redis?.() ?? NOT_CONFIGURED;
      default:
        return null;
    }
  }
}
