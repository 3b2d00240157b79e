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

/**
 * Several machines as one memory. The rule: nothing is read and no lease is held without a majority of all of them, so
 * that any two who act have asked at least one in common, and each grants one lease at a time. Whoever takes the lease
 * writes the newest state that a majority has to all who granted it, under a token larger than any of them has seen.
 * A machine that could not be asked is left out until the lease is given back.
 */
export class Council<V extends Voter> {
  readonly #all: readonly V[];
  /** May be missed while the lease is held, too. */
  readonly #isSpare: (voter: Voter) => boolean;
  readonly #pause: () => Promise<unknown>;
  #sitting: Voter[] | null = null;

  constructor(
    all: readonly V[],
    {
      isSpare = () => false,
      pause = () => sleep(MAX_PAUSE_MS * Math.random()),
    }: { isSpare?: (voter: Voter) => boolean; pause?: () => Promise<unknown> } = {},
  ) {
    this.#all = all;
    this.#isSpare = isSpare;
    this.#pause = pause;
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

  /** The lease on all who granted it; a spare one may be missing as long as there is a majority. */
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
    await this.#together((one) => one.write(entry, { token, from, count }));
    return versionOf({ writer: token, count, reverted: false });
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

  async #together<T>(ask: (voter: Voter) => Promise<T>): Promise<T> {
    const sitting = this.#sitting ?? [...this.#all];
    const { answers, failures } = await settle(sitting, ask);
    const grave = failures.filter((one) => isRefusal(one) || !this.#isSpare(one[0]));
    if (grave.length > 0) throw together(grave);
    this.#mustBeMajority(answers.length, failures);
    const missed = failures.map(([voter]) => voter);
    if (this.#sitting) this.#sitting = sitting.filter((voter) => !missed.includes(voter));
    const [first] = answers;
    if (!first) throw new SluiceError("internal", "nobody was asked");
    return first[1];
  }

  #mustBeMajority(count: number, failures: readonly Failure[]): void {
    if (count >= this.#majority) return;
    const refusals = failures.filter(isRefusal);
    if (refusals.length > 0) throw together(refusals);
    const why = failures.map(([, error]) => causes(error).join(": ")).join("; ");
    throw new SluiceError(
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
