import { setTimeout as sleep } from "node:timers/promises";
import type { Service } from "../../environment/environment.ts";
import { SluiceError } from "../../error.ts";
import { sickness } from "../../process/health.ts";
import type { Instance, Slot } from "../target.ts";
import type { Host } from "./host.ts";

interface Becoming {
  host: Host;
  slot: Slot;
  instance: Instance;
  health: Service["health"];
  /** Whether the health checks of every edge pass. */
  edgesSee(instance: Instance): Promise<boolean>;
  signal?: AbortSignal;
}

const CHECK_TIMEOUT_MS = 2_000;
/** The machine is asked less often than the service: it costs a call over ssh. */
const MIN_POLL_MS = 50;

/** Resolves when the instance answers, here and to the edges; throws `unhealthy` with what it said last. */
export async function mustBecomeHealthy(becoming: Becoming): Promise<void> {
  const { host, slot, instance, health, edgesSee, signal } = becoming;
  const deadline = performance.now() + health.deadlineMs;
  let last = "was not asked";
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    const sick = await sickness(`${instance.url}${health.path}`, CHECK_TIMEOUT_MS, signal);
    if (sick === undefined && (await edgesSee(instance))) return;
    last = sick === undefined ? "answers here, but not to every edge" : `${health.path} ${sick}`;
    const unit = (await host.list()).slots[slot];
    if (!unit?.active || unit.restarts > 0) throw await unhealthy(becoming, "ended");
    await sleep(Math.max(MIN_POLL_MS, health.intervalMs), undefined, {
      ...(signal ? { signal } : {}),
    }).catch(() => {});
  }
  throw await unhealthy(becoming, `was not healthy within ${health.deadlineMs} ms: ${last}`);
}

async function unhealthy({ host, slot, instance }: Becoming, how: string): Promise<SluiceError> {
  const tail = await host.log(slot).catch(() => "");
  const said = tail ? `; its last lines were:\n${tail}` : "; it wrote nothing";
  return new SluiceError("unhealthy", `${instance.name} ${how}${said}`, {
    hint: `its journal is on ${host.machine.name}`,
  });
}
