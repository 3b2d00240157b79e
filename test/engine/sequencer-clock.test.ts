import fc from "fast-check";
import { expect, test } from "vitest";
import { SequencerClock } from "../../engine/pipeline/sequencer-clock.ts";

test("the time of commands never goes back and never stands still, however the wall's clock is set", () => {
  const step = fc.record({
    elapsedMs: fc.integer({ min: 10, max: 5_000 }),
    setMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -1e9, max: 1e9 })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), fc.nat(1e9), (steps, fromMs) => {
      let wallMs = 1e9;
      let elapsedMs = 0;
      const clock = new SequencerClock(
        fromMs,
        () => wallMs,
        () => elapsedMs,
      );
      let before = clock.now();
      for (const step of steps) {
        elapsedMs += step.elapsedMs;
        wallMs += step.elapsedMs + step.setMs;
        const now = clock.now();
        expect(now).toBeGreaterThanOrEqual(before + Math.floor(step.elapsedMs / 2));
        expect(now).toBeGreaterThanOrEqual(wallMs);
        before = now;
      }
    }),
  );
});

test("after the clock was set back, both agree again in as long as the difference", () => {
  let wallMs = 10_000;
  let elapsedMs = 0;
  const clock = new SequencerClock(
    0,
    () => wallMs,
    () => elapsedMs,
  );
  expect(clock.now()).toBe(10_000);
  wallMs -= 1_000;
  for (let at = 0; at < 2_000; at += 100) {
    wallMs += 100;
    elapsedMs += 100;
    clock.now();
  }
  expect(clock.now()).toBe(wallMs);
});
