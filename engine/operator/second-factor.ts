import { Secret, TOTP, URI } from "otpauth";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { type LastStep, StepInMemory, StepOnDisk } from "./last-step.ts";

/** Why a code does not do. */
export type CodeRefusal = "code-needed" | "code-wrong" | "code-used" | "locked";

export interface Clock {
  /** The wall's, by which codes change. */
  nowMs(): number;
  /** One that is not set, by which a lock ends. */
  steadyMs(): number;
}

/** Codes of the step before and the one after are taken too: a phone's clock is not the engine's. */
const WINDOW_STEPS = 1;
const LEAST_SECRET_BYTES = 16;
const ATTEMPTS = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;

const SYSTEM_CLOCK: Clock = { nowMs: Date.now, steadyMs: () => performance.now() };

/**
 * Codes of an authenticator as RFC 6238 says. Each is taken once, also when somebody has read it on its way; and whoever guesses
 * is locked out for longer each time.
 */
export class SecondFactor {
  readonly #totp: TOTP;
  readonly #last: LastStep;
  readonly #clock: Clock;
  #wrong = 0;
  #lockMs = FIRST_LOCK_MS;
  #lockedUntilMs = Number.NEGATIVE_INFINITY;

  /** `given` is a secret in base32, or the otpauth:// URI that an authenticator scans. */
  constructor(given: string, last: LastStep, clock: Clock = SYSTEM_CLOCK) {
    this.#totp = readSecret(given);
    this.#last = last;
    this.#clock = clock;
  }

  /** For how many seconds no code is looked at. */
  get lockedSeconds(): number {
    return Math.max(0, Math.ceil((this.#lockedUntilMs - this.#clock.steadyMs()) / 1000));
  }

  /** Null when the code is good; it is used then. */
  check(code: string | undefined): CodeRefusal | null {
    if (this.lockedSeconds > 0) return "locked";
    if (code === undefined || code === "") return "code-needed";
    const timestamp = this.#clock.nowMs();
    const delta = this.#totp.validate({ token: code, timestamp, window: WINDOW_STEPS });
    if (delta === null) return this.#guessed();
    const step = this.#totp.counter({ timestamp }) + delta;
    // An older code than the last one is as good as used: nobody types them in another order.
    if (step <= this.#last.step) return "code-used";
    this.#last.step = step;
    this.#wrong = 0;
    this.#lockMs = FIRST_LOCK_MS;
    return null;
  }

  #guessed(): CodeRefusal {
    this.#wrong += 1;
    if (this.#wrong < ATTEMPTS) return "code-wrong";
    this.#wrong = 0;
    this.#lockedUntilMs = this.#clock.steadyMs() + this.#lockMs;
    this.#lockMs = Math.min(LONGEST_LOCK_MS, this.#lockMs * 2);
    return "code-wrong";
  }
}

/** With a journal what was used is kept beside it; without one, codes up to this moment's are not taken. */
export function openSecondFactor(given: string, folder: string | null, log: Log): SecondFactor {
  const startStep = readSecret(given).counter();
  const last =
    folder === null ? new StepInMemory(startStep) : new StepOnDisk(folder, startStep, log);
  return new SecondFactor(given, last);
}

/** What is wrong with it is told without it. */
function readSecret(given: string): TOTP {
  const hint = "make one of 20 random bytes, in base32: openssl rand 20 | base32";
  const totp = parse(given);
  if (totp === null) throw new Refusal("OPERATOR_TOTP is no secret in base32 or TOTP URI", hint);
  if (totp.secret.bytes.length >= LEAST_SECRET_BYTES) return totp;
  throw new Refusal(`OPERATOR_TOTP has fewer than ${LEAST_SECRET_BYTES} bytes`, hint);
}

function parse(given: string): TOTP | null {
  try {
    if (!given.startsWith("otpauth:")) return new TOTP({ secret: Secret.fromBase32(given) });
    const read = URI.parse(given);
    return read instanceof TOTP ? read : null;
  } catch {
    return null;
  }
}
