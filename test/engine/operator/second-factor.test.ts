import { describe, expect, test } from "vitest";
import { type Clock, SecondFactor } from "../../../engine/operator/second-factor.ts";

const DIGITS = "1234567890".repeat(7);
/** Appendix B of RFC 6238: seconds since 1970, and the code by each hash. */
const VECTORS: [seconds: number, sha1: string, sha256: string, sha512: string][] = [
  [59, "94287082", "46119246", "90693936"],
  [1_111_111_109, "07081804", "68084774", "25091201"],
  [1_111_111_111, "14050471", "67062674", "99943326"],
  [1_234_567_890, "89005924", "91819424", "93441116"],
  [2_000_000_000, "69279037", "90698825", "38618901"],
  [20_000_000_000, "65353130", "77737706", "47863826"],
];
const SECRET = base32(DIGITS.slice(0, 20));

describe("the vectors of RFC 6238", () => {
  test.each(VECTORS)("at %i s are taken, and no other code is", (seconds, ...codes) => {
    for (const [at, [algorithm, bytes]] of [
      ["SHA1", 20] as const,
      ["SHA256", 32] as const,
      ["SHA512", 64] as const,
    ].entries()) {
      const secret = base32(DIGITS.slice(0, bytes));
      const uri = `otpauth://totp/engine?secret=${secret}&algorithm=${algorithm}&digits=8`;
      const factor = new SecondFactor(uri, { step: -1 }, clockAt(seconds));
      expect(factor.check(codes[(at + 1) % 3])).toBe("code-wrong");
      expect(factor.check(codes[at])).toBeNull();
    }
  });
});

test("six digits, SHA-1 and thirty seconds are what a secret alone stands for", () => {
  expect(new SecondFactor(SECRET, { step: -1 }, clockAt(59)).check("287082")).toBeNull();
});

test("a code is taken once, and none from before it any more", () => {
  const clock = clockAt(1_111_111_111);
  const last = { step: -1 };
  const factor = new SecondFactor(SECRET, last, clock);
  expect(factor.check("050471")).toBeNull();
  expect(factor.check("050471")).toBe("code-used");
  // The step before, still in the window of a clock that is behind.
  expect(factor.check("081804")).toBe("code-used");
  expect(new SecondFactor(SECRET, last, clock).check("050471")).toBe("code-used");
});

test("codes of a clock that is one step off are taken, and of one that is two steps off are not", () => {
  const vector = (offsetSeconds: number): unknown =>
    new SecondFactor(SECRET, { step: -1 }, clockAt(59 + offsetSeconds)).check("287082");
  expect([-60, -30, 0, 30, 60].map(vector)).toEqual(["code-wrong", null, null, null, "code-wrong"]);
});

test("whoever guesses is locked out, longer each time, and a good code ends it only after", () => {
  const clock = clockAt(59);
  const factor = new SecondFactor(SECRET, { step: -1 }, clock);
  const guess = (): (string | null)[] => Array.from({ length: 5 }, () => factor.check("000000"));
  expect(factor.check(undefined)).toBe("code-needed");
  expect(guess()).toEqual(Array(5).fill("code-wrong"));
  expect(factor.check("287082")).toBe("locked");
  expect(factor.lockedSeconds).toBe(60);
  clock.sinceStartMs += 60_000;
  guess();
  expect(factor.lockedSeconds).toBe(120);
  // Setting the wall's clock ends no lock.
  clock.wallMs += 1_000_000;
  expect(factor.check("287082")).toBe("locked");
  clock.wallMs -= 1_000_000;
  for (const _ of Array(20)) {
    clock.sinceStartMs += factor.lockedSeconds * 1000;
    guess();
  }
  expect(factor.lockedSeconds).toBe(3600);
  clock.sinceStartMs += 3_600_000;
  expect(factor.check("287082")).toBeNull();
  guess();
  expect(factor.lockedSeconds).toBe(60);
});

test.each([
  "not base32!",
  "MFRGG",
  "otpauth://hotp/engine?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=1",
  "otpauth://totp/engine?secret=MFRGG",
])("the secret %j is refused without being told", (given) => {
  const refuse = (): unknown => new SecondFactor(given, { step: -1 });
  expect(refuse).toThrow(/^OPERATOR_TOTP /);
  try {
    refuse();
  } catch (error) {
    expect(String(error)).not.toContain(given);
  }
});

/** Two clocks that stand still until they are set. */
class FakeClock implements Clock {
  wallMs: number;
  sinceStartMs = 0;

  constructor(seconds: number) {
    this.wallMs = seconds * 1000;
  }

  nowMs(): number {
    return this.wallMs;
  }

  steadyMs(): number {
    return this.sinceStartMs;
  }
}

function clockAt(seconds: number): FakeClock {
  return new FakeClock(seconds);
}

/** RFC 4648, of texts whose bits are a multiple of five, or padded with zeros. */
function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}
