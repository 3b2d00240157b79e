import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment, HostsTargetSettings } from "../../environment/environment.ts";
import { SluiceError } from "../../error.ts";
import { mustHaveDigest } from "../../evidence/digest.ts";
import type { ArmCounters } from "../../metrics/counters.ts";
import { scrapeArms } from "../../metrics/scrape.ts";
import type { RolloutState } from "../../rollout/state.ts";
import type { Digest } from "../../units/digest.ts";
import type {
  Holder,
  Instance,
  Lease,
  PastReading,
  PlaceableRelease,
  Placement,
  Release,
  ShadowRun,
  Slot,
  Target,
  TargetStatus,
  Version,
  Versioned,
  Weights,
} from "../target.ts";
import { assertNoWeight, assertWeights } from "../weights.ts";
import { rollingRouting } from "./batches.ts";
import { mustBecomeHealthy } from "./becoming-healthy.ts";
import { refuseWhileBehind, sendersTo } from "./behind.ts";
import { Edge } from "./edge.ts";
import { Edges, onAll } from "./edges.ts";
import { fetchArchive } from "./fetch-archive.ts";
import type { Routing } from "./haproxy.ts";
import { Host } from "./host.ts";
import { instanceOf, statusOf } from "./hosts-status.ts";
import { parsePast } from "./past.ts";
import { readBack } from "./read-back.ts";
import { SeenByEdges } from "./seen-by-edges.ts";
import { runShadow } from "./shadow-run.ts";
import { unitFiles } from "./unit-files.ts";

/** A scrape that is later than the next sample is of no use. */
const MAX_SCRAPE_MS = 2_000;
const DRAIN_POLL_MS = 50;

/** Slots as systemd units on machines of one's own, and HAProxy in front of them. */
export class HostsTarget implements Target {
  readonly kind = "hosts";
  readonly #environment: Environment;
  readonly #settings: HostsTargetSettings;
  readonly #hosts: Host[];
  readonly #edges: Edges;
  /** As the rollout in hand was written last. */
  #candidateSlot: Slot | undefined;
  readonly #seen = new SeenByEdges();

  constructor(environment: Environment, settings: HostsTargetSettings) {
    this.#environment = environment;
    this.#settings = settings;
    const { name } = environment;
    const [first, ...others] = settings.edges;
    const edge = (machine: typeof first) => new Edge(machine, name, settings);
    this.#hosts = settings.hosts.map((machine) => new Host(machine, name, settings));
    const [spare] = this.#hosts;
    this.#edges = new Edges([edge(first), ...others.map(edge)], spare?.ledger);
  }

  read(): Promise<Versioned<RolloutState>> {
    return this.#edges.read();
  }

  write(next: RolloutState, version: Version, token: number): Promise<Version> {
    this.#candidateSlot = next.rollout?.candidateSlot;
    return this.#edges.write(next, version, token);
  }

  acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    return this.#edges.acquire(holder, leaseMs);
  }

  renew(token: number, leaseMs: number): Promise<Lease> {
    return this.#edges.renew(token, leaseMs);
  }

  release(token: number): Promise<void> {
    return this.#edges.release(token);
  }

  async status(): Promise<TargetStatus> {
    const [edges, hosts] = await Promise.all([
      this.#edges.status(),
      Promise.all(this.#hosts.map(async (host) => ({ host, status: await listOrNull(host) }))),
    ]);
    for (const { edge, servers } of edges) this.#seen.take(edge.name, servers);
    return statusOf(this.#settings, edges, hosts);
  }

  async place(
    release: PlaceableRelease | Release,
    slot: Slot,
    token: number,
    signal?: AbortSignal,
  ): Promise<Placement> {
    await this.#edges.check(token);
    const { weights } = await this.status();
    assertNoWeight(slot, weights, `given ${release.version}`);
    refuseWhileBehind(slot, await this.#edges.behind());
    if ("archivePath" in release) await this.#send(release, signal);
    else await this.#assertPresent(release);
    try {
      for (const hosts of this.#batches()) {
        await onAll(hosts, (host) => this.#start(host, release, slot, token, signal));
        await this.#untilHealthy(hosts, slot, signal);
      }
    } catch (error) {
      await Promise.allSettled(this.#hosts.map((host) => host.stop(slot, token)));
      throw error;
    }
    const instances = await this.#instances(slot);
    const { name, version, commit, digest } = release;
    return { slot, release: { name, version, commit, digest }, instances };
  }

  /** The environment's rules refuse it before anything happens; so this is never reached by way of a file. */
  async placeBaseline(): Promise<never> {
    throw new SluiceError(
      "unsupported",
      "a target of kind hosts has no room for a fresh baseline: a host has ports and units for blue and green",
      { hint: "write `baseline: stable` under `verdict:`" },
    );
  }

  async mustShadow(): Promise<void> {
    await onAll(this.#hosts, (host) => host.mustShadow());
  }

  async shadow(
    slot: Slot,
    beside: Slot,
    token: number,
    signal?: AbortSignal,
  ): Promise<ShadowRun[]> {
    await this.#edges.check(token);
    const { shadow } = this.#environment.service;
    if (shadow === undefined) return [];
    const { slots } = await this.status();
    const [version = "", stableVersion = ""] = [slot, beside].map(
      (one) => slots[one].release?.version,
    );
    const settings = this.#settings;
    const shared = { slot, version, beside, stableVersion, token, settings, shadow };
    return onAll(this.#hosts, (host) => runShadow({ host, ...shared, ...(signal && { signal }) }));
  }

  async route(weights: Weights, token: number): Promise<Weights> {
    // Whether there is anybody to take the traffic, the edges know best.
    assertWeights(weights, () => false);
    const { servers } = await this.#routing(weights);
    return readBack({ weights, servers }, await this.#edges.route(weights, token, servers));
  }

  async observe(): Promise<Record<Slot, ArmCounters>> {
    const { service, rollout } = this.#environment;
    const { slots } = await this.status();
    const arms = { blue: slots.blue.instances, green: slots.green.instances };
    const deadlineMs = Math.min(MAX_SCRAPE_MS, rollout.sampleIntervalMs);
    const { blue, green } = await scrapeArms(arms, service.metrics, deadlineMs);
    return { blue: this.#seen.onto(blue), green: this.#seen.onto(green) };
  }

  async past(): Promise<PastReading[]> {
    return parsePast(await this.#edges.past(), this.#environment.service.metrics);
  }

  async archived(digest: Digest): Promise<string | undefined> {
    for (const host of this.#hosts) {
      const status = await listOrNull(host);
      if (status?.releases.some((release) => release.digest === digest))
        return fetchArchive(host, digest);
    }
    return undefined;
  }

  async retire(slot: Slot, token: number): Promise<void> {
    await this.#edges.check(token);
    assertNoWeight(slot, (await this.status()).weights, "retired");
    await this.#drain(slot);
    // An edge that was cut off may still be sending requests there: better an old release than none.
    if (sendersTo(slot, await this.#edges.behind()).length > 0) return;
    await onAll(this.#hosts, (host) => host.stop(slot, token));
  }

  async #send(release: PlaceableRelease, signal?: AbortSignal): Promise<void> {
    const file = resolve(release.archivePath);
    await mustHaveDigest(file, release.digest);
    await onAll(this.#hosts, async (host) => {
      const { releases } = await host.list();
      if (releases.some(({ digest }) => digest === release.digest)) return;
      await host.put(release, file, signal);
    });
  }

  async #assertPresent(release: Release): Promise<void> {
    const { present } = await this.status();
    if (present.some(({ digest }) => digest === release.digest)) return;
    const names = present.map(({ version, digest }) => `${version} (${digest})`).join(", ");
    throw new SluiceError(
      "no-such-release",
      `${release.version} (${release.digest}) is not present on every host; present is ${names || "nothing"}`,
      { hint: "name one that is present, or deploy its archive again" },
    );
  }

  async #start(
    host: Host,
    release: Release,
    slot: Slot,
    token: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const { service, metrics } = this.#settings.ports[slot];
    const app = `${this.#settings.folder}/slots/${slot}/app`;
    const files = unitFiles(this.#environment.service, app, {
      host: host.machine.address,
      port: service,
      "metrics-port": metrics,
      slot,
      version: release.version,
    });
    await host.place(slot, release.digest, token, files, signal);
  }

  /** A rolling release goes from batch to batch; any other takes all hosts at once. */
  #batches(): Host[][] {
    if (this.#environment.rollout.strategy !== "rolling") return [this.#hosts];
    return this.#settings.batches.map((names) =>
      this.#hosts.filter(({ machine }) => names.includes(machine.name)),
    );
  }

  async #routing(weights: Weights): Promise<Routing> {
    if (this.#environment.rollout.strategy !== "rolling") return { weights, servers: new Map() };
    const slot =
      this.#candidateSlot ?? (await this.#edges.read()).value.rollout?.candidateSlot ?? "green";
    return rollingRouting(weights, slot, this.#settings.batches);
  }

  async #untilHealthy(hosts: readonly Host[], slot: Slot, signal?: AbortSignal): Promise<void> {
    const { health } = this.#environment.service;
    const edgesSee = async (instance: Instance) => {
      const all = await this.#edges.status();
      return all.every(({ servers }) => servers.find(({ name }) => name === instance.name)?.up);
    };
    await onAll(hosts, (host) => {
      const instance = instanceOf(this.#settings, host.machine, slot);
      return mustBecomeHealthy({
        host,
        slot,
        instance,
        health,
        edgesSee,
        ...(signal ? { signal } : {}),
      });
    });
  }

  async #instances(slot: Slot): Promise<Instance[]> {
    const { instances } = (await this.status()).slots[slot];
    return instances.map(({ healthy: _, ...instance }) => instance);
  }

  /** Waits for the requests in hand, as long as the environment allows. */
  async #drain(slot: Slot): Promise<void> {
    const deadline = performance.now() + this.#environment.service.drainDeadlineMs;
    while (performance.now() < deadline) {
      if ((await this.status()).slots[slot].inFlight === 0) return;
      await sleep(DRAIN_POLL_MS);
    }
  }
}

/** A host that cannot be reached is told apart by the edges' view of it. */
async function listOrNull(host: Host) {
  try {
    return await host.list();
  } catch (error) {
    if (error instanceof SluiceError && error.code === "target-unreachable") return null;
    throw error;
  }
}
