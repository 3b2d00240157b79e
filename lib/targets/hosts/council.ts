import { setTimeout as sleep } from "node:timers/promises";
import { causes, SluiceError } from "../../error.ts";
import type { Holder, Lease, Version } from "../target.ts";
import type { Entry, LedgerRecord, Voter } from "./ledger.ts";
import { compareVersions, stampOf, versionOf } from "./version.ts";

/** What the newest of a majority has. */
export interface Held {
  version: Version;
  text: string;
}

export interface Acquired {
  lease: Lease;
  held: Held;
  /** Those who granted it; without the others everything is done until it is given back. */
  voters: Voter[];
  /** Those who could not be asked. */
  absent: Voter[];
}

const ATTEMPTS = 8;
const MAX_PAUSE_MS = 250;
/** Of the lease's time: who has not answered for so long is lost. It may be that its sshd was only started again. */
const PATIENCE = 1 / 4;

/**
 * Several machines as one memory. The rule: nothing is read and no lease is held without a majority of all of them, so
 * that any two who act have asked at least one in common, and each grants one lease at a time. Whoever takes the lease
 * writes the newest state that a majority has to all who granted it, under a token larger than any of them has seen.
 * A machine that could not be asked, or is lost under the lease, is left out until the lease is given back.
 */
export class Council<V extends Voter> {
  readonly #all: readonly V[];
  /** May be missed while the lease is held, too. */
  readonly #isSpare: (voter: Voter) => boolean;
  readonly #pause: () => Promise<unknown>;
  readonly #patience: number;
  #patienceMs = 0;
  #sitting: Voter[] | null = null;
  readonly #lost = new Map<string, string>();

  constructor(
    all: readonly V[],
    {
      isSpare = () => false,
      pause = () => sleep(MAX_PAUSE_MS * Math.random()),
      patience = PATIENCE,
    }: {
      isSpare?: (voter: Voter) => boolean;
      pause?: () => Promise<unknown>;
      patience?: number;
    } = {},
  ) {
    this.#all = all;
    this.#isSpare = isSpare;
    this.#pause = pause;
    this.#patience = patience;
  }

  /** Who granted the lease, and was lost since: by name, with why. A spare one is not missed. */
  get lost(): ReadonlyMap<string, string> {
    return this.#lost;
  }

  /** What the newest of a majority has. */
  async read(): Promise<Held> {
    const { answers, failures } = await settle(this.#sitting ?? this.#all, (one) => one.read());
    this.#mustBeMajority(answers.length, failures);
    return newestOf(answers);
  }

  /** `lease-held` when somebody else has it, or is taking it; nothing is kept then. */
  async acquire(holder: Holder, leaseMs: number): Promise<Acquired> {
    this.#sitting = null;
    this.#lost.clear();
    this.#patienceMs = this.#patience * leaseMs;
    for (let attempt = 1; ; attempt += 1) {
      const asked = await settle(this.#all, (one) => one.read());
      this.#mustBeMajority(asked.answers.length, asked.failures);
      const seen = asked.answers.map(([, { record }]) => record.lastToken);
      const token = 1 + Math.max(...seen);
      const present = asked.answers.map(([voter]) => voter);
      const { answers, failures } = await settle(present, (one) =>
        one.acquire(holder, token, leaseMs),
      );
      const refusals = failures.filter(isRefusal);
      const voters = answers.map(([voter]) => voter);
      const lease = answers[0]?.[1].lease;
      if (refusals.length === 0 && lease && voters.length >= this.#majority)
        return this.#begin(lease, voters);
      await settle(voters, (one) => one.release(token));
      this.#mustBeMajority(voters.length + refusals.length, [...asked.failures, ...failures]);
      if (attempt === ATTEMPTS || !this.#mayBeHad(refusals)) throw together(refusals);
      await this.#pause();
    }
  }

  /** The lease on all who granted it and are not lost. */
  renew(token: number, leaseMs: number): Promise<LedgerRecord> {
    return this.#together((one) => one.renew(token, leaseMs));
  }

  check(token: number): Promise<LedgerRecord> {
    return this.#together((one) => one.check(token));
  }

  /** Who cannot be told keeps the lease until it runs out, and then has nothing to revert. */
  async release(token: number): Promise<void> {
    const { failures } = await settle(this.#sitting ?? this.#all, (one) => one.release(token));
    this.#sitting = null;
    const refusals = failures.filter(isRefusal);
    if (refusals.length > 0) throw together(refusals);
  }

  /** `lost-race` unless all who sit have `from`; `any` writes again what a majority has. */
  async write(
    entry: Entry,
    { from, count, token }: { from: Version | "any"; count: number; token: number },
  ): Promise<Version> {
    await this.#together((one, isAgain) =>
      // An answer that was lost does not say whether it was written; nobody else may write.
      one.write(entry, { token, from: isAgain ? "any" : from, count }),
    );
    return versionOf({ writer: token, count, reverted: false });
  }

  /** Goes on without one who does not do what it has to. `target-unreachable` when too few would be left. */
  lose(name: string, why: string): void {
    const sitting = this.#sitting ?? [...this.#all];
    const rest = sitting.filter((voter) => voter.name !== name);
    if (rest.length < this.#majority) throw this.#tooFew(rest.length, why);
    this.#sitting = rest;
    this.#lost.set(name, why);
  }

  get #majority(): number {
    return Math.floor(this.#all.length / 2) + 1;
  }

  /** Under the lease nobody else writes, so what is read now is what it goes on from. */
  async #begin(lease: Lease, voters: Voter[]): Promise<Acquired> {
    const { answers, failures } = await settle(voters, (one) => one.read());
    if (failures.length > 0) {
      await settle(voters, (one) => one.release(lease.token));
      throw together(failures);
    }
    this.#sitting = voters;
    const absent = this.#all.filter((voter) => !voters.includes(voter));
    return { lease, held: newestOf(answers), voters, absent };
  }

  /** Whether the lease may be had by asking again: nobody has it from so many that no majority is left. */
  #mayBeHad(refusals: readonly Failure[]): boolean {
    const held = refusals.filter(([, error]) => hasCode(error, "lease-held"));
    return this.#all.length - held.length >= this.#majority;
  }

  /** Asks all who sit; again those who do not answer, until they are given up. */
  async #together<T>(ask: (voter: Voter, isAgain: boolean) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#patienceMs;
    const answers: Array<readonly [voter: Voter, answer: T]> = [];
    let pending = this.#sitting ?? [...this.#all];
    for (let attempt = 1; ; attempt += 1) {
      const asked = await settle(pending, (voter) => ask(voter, attempt > 1));
      const refusals = asked.failures.filter(isRefusal);
      if (refusals.length > 0) throw together(refusals);
      answers.push(...asked.answers);
      const missed = asked.failures.filter(([voter]) => !this.#isSpare(voter));
      const isOver = performance.now() >= deadline || this.#sitting === null;
      if (missed.length === 0 || isOver) return this.#goOn(answers, asked.failures);
      pending = asked.failures.map(([voter]) => voter);
      await this.#pause();
    }
  }

  /** With those who answered, if they are a majority. */
  #goOn<T>(
    answers: ReadonlyArray<readonly [voter: Voter, answer: T]>,
    failures: readonly Failure[],
  ): T {
    this.#mustBeMajority(answers.length, failures);
    const sitting = this.#sitting;
    const grave = failures.filter(([voter]) => !this.#isSpare(voter));
    if (sitting === null && grave.length > 0) throw together(grave);
    const missed = failures.map(([voter]) => voter);
    if (sitting) this.#sitting = sitting.filter((voter) => !missed.includes(voter));
    for (const [{ name }, error] of grave) this.#lost.set(name, causes(error).join(": "));
    const [first] = answers;
    if (!first) throw new SluiceError("internal", "nobody was asked");
    return first[1];
  }

  #mustBeMajority(count: number, failures: readonly Failure[]): void {
    if (count >= this.#majority) return;
    const refusals = failures.filter(isRefusal);
    if (refusals.length > 0) throw together(refusals);
    const why = failures.map(([, error]) => causes(error).join(": ")).join("; ");
    throw this.#tooFew(count, why);
  }

  #tooFew(count: number, why: string): SluiceError {
    return new SluiceError(
      "target-unreachable",
      `${count} of ${this.#all.length} machines that keep the state answered, and it takes ${this.#majority}: ${why}`,
      { hint: "bring them back, or take what is gone for good out of the environment file" },
    );
  }
}

type Failure = readonly [voter: Voter, error: unknown];

async function settle<V extends Voter, T>(voters: readonly V[], ask: (voter: V) => Promise<T>) {
  const results = await Promise.allSettled(voters.map(ask));
  const answers: Array<[voter: V, answer: T]> = [];
  const failures: Array<[voter: V, error: unknown]> = [];
  for (const [index, result] of results.entries()) {
    const voter = voters[index] as V;
    if (result.status === "fulfilled") answers.push([voter, result.value]);
    else failures.push([voter, result.reason]);
  }
  return { answers, failures };
}

function newestOf(
  answers: ReadonlyArray<readonly [Voter, { record: LedgerRecord; stateText: string }]>,
): Held {
  const all = answers.map(([, { record, stateText }]) => ({
    version: record.version,
    text: stateText,
  }));
  const newest = all.toSorted((a, b) => compareVersions(b.version, a.version))[0];
  return newest ?? { version: versionOf(stampOf("0")), text: "" };
}

function isRefusal([, error]: Failure): boolean {
  return !hasCode(error, "target-unreachable");
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof SluiceError && error.code === code;
}

function together(failures: readonly Failure[]): unknown {
  return oneOf(failures.map(([, error]) => error));
}

/** One error out of several: a refusal outweighs a machine that is not there. */
export function oneOf(errors: readonly unknown[]): unknown {
  const refusal = errors.find((error) => !hasCode(error, "target-unreachable"));
  const [first] = errors;
  if (refusal !== undefined || errors.length === 1 || !(first instanceof SluiceError))
    return refusal ?? first;
  const messages = errors.map((error) => causes(error).join(": ")).join("; ");
  return new SluiceError(
    first.code,
    messages,
    first.hint === undefined ? {} : { hint: first.hint },
  );
}
