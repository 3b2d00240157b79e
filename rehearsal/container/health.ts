import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { SluiceError } from "../../lib/error.ts";
import type { StepLog } from "../runner/step-log.ts";
import { ask, type ContainerEngine } from "./engine.ts";

const ASK_LIMIT_MS = 2 * 60_000;
const HEALTH_LIMIT_MS = 5 * 60_000;
const EVERY_MS = 500;

const NANOSECONDS_PER_MS = 1e6;
/** The engines' own defaults. */
const DEFAULT_INTERVAL_MS = 30_000;
const DEFAULT_RETRIES = 3;

const inspected = z
  .array(
    z.object({
      State: z.object({
        Running: z.boolean().default(true),
        ExitCode: z.number().default(0),
        Health: z.object({ Status: z.string().default("") }).nullish(),
      }),
      Config: z
        .object({
          Healthcheck: z
            .object({
              Test: z.array(z.string()).nullish(),
              Interval: z.number().nullish(),
              Retries: z.number().nullish(),
              StartPeriod: z.number().nullish(),
            })
            .nullish(),
        })
        .nullish(),
    }),
  )
  .nonempty();
type Container = z.infer<typeof inspected>[0];

export interface Waiting {
  readonly engine: ContainerEngine;
  readonly env: NodeJS.ProcessEnv;
  readonly log: StepLog;
  readonly signal: AbortSignal;
}

/** What has been seen of a service while it is waited for. */
interface Watch {
  readonly startedAt: number;
  /** Health checks that failed when it had had its time to start. */
  failures: number;
}

/** Waits until a service's health check says that it is healthy; throws when it will not be. */
export async function healthy(service: string, container: string, waiting: Waiting): Promise<void> {
  const watch: Watch = { startedAt: performance.now(), failures: 0 };
  const failed = (why: string): SluiceError =>
    new SluiceError("unhealthy", `The service ${service} did not become healthy: ${why}`, {
      hint: "What it printed is in the log above.",
    });
  while (!waiting.signal.aborted) {
    const found = await look(container, waiting);
    if (!found) throw failed("it is gone");
    if (!found.State.Running) {
      if (!hasCheck(found)) return tellEnded(service, found, waiting.log);
      throw failed(`it ended with exit code ${found.State.ExitCode}`);
    }
    if (!hasCheck(found)) return;
    const passedMs = performance.now() - watch.startedAt;
    const verdict = await verdictOf(found, container, waiting, watch);
    if (verdict === "healthy") return;
    if (verdict === "unhealthy") throw failed("its health check fails");
    if (passedMs > HEALTH_LIMIT_MS) throw failed("its health check passed not once in 5 minutes");
    await sleep(EVERY_MS);
  }
}

async function look(container: string, waiting: Waiting): Promise<Container | undefined> {
  const { engine, env } = waiting;
  const { code, out } = await ask(engine.path, ["inspect", container], env, {
    limitMs: ASK_LIMIT_MS,
  });
  return code === 0 ? inspected.parse(JSON.parse(out))[0] : undefined;
}

function hasCheck({ Config, State }: Container): boolean {
  const test = Config?.Healthcheck?.Test;
  if (test?.[0] === "NONE") return false;
  return (test?.length ?? 0) > 0 || (State.Health?.Status ?? "") !== "";
}

/**
 * Docker looks by itself. Podman leaves that to systemd's timers, which a container or a CI machine may not have: so it is
 * asked to look, more often than the interval says, and a failure counts when the retries are used up, in time and in number:
 * where a look takes longer than the interval, one may be all there was time for.
 */
async function verdictOf(
  { State, Config }: Container,
  container: string,
  { engine, env }: Waiting,
  watch: Watch,
): Promise<"healthy" | "unhealthy" | "starting"> {
  const status = State.Health?.Status ?? "";
  if (status === "healthy") return "healthy";
  if (engine.name === "docker") return status === "unhealthy" ? "unhealthy" : "starting";
  const passedMs = performance.now() - watch.startedAt;
  const run = ["healthcheck", "run", container];
  const { code } = await ask(engine.path, run, env, { limitMs: ASK_LIMIT_MS });
  if (code === 0) return "healthy";
  const check = Config?.Healthcheck;
  const intervalMs = (check?.Interval ?? 0) / NANOSECONDS_PER_MS || DEFAULT_INTERVAL_MS;
  const graceMs = (check?.StartPeriod ?? 0) / NANOSECONDS_PER_MS;
  const retries = check?.Retries || DEFAULT_RETRIES;
  if (passedMs > graceMs) watch.failures++;
  const isUsedUp = passedMs > graceMs + intervalMs * retries && watch.failures >= retries;
  return isUsedUp ? "unhealthy" : "starting";
}

/** On GitHub a service without a health check may be gone when the first step starts; there too nobody fails. */
function tellEnded(service: string, { State }: Container, log: StepLog): void {
  log.annotate(
    "warning",
    `The service ${service} has ended already, with exit code ${State.ExitCode}.`,
  );
}
