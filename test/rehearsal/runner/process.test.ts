import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runProcess } from "../../../rehearsal/runner/process.ts";
import { folder } from "../rehearsed.ts";

/** Nothing else happens in this process meanwhile, as when a busy machine gives it no CPU. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function lines(script: string, cwd: string, onLine: (line: string) => void) {
  const signal = new AbortController().signal;
  return runProcess({
    command: "sh",
    args: ["-c", script],
    cwd,
    env: { PATH: process.env.PATH },
    onLine,
    signal,
    kill: signal,
    timing: { interruptMs: 1_000, terminateMs: 1_000 },
    onLeftOpen: () => {},
  });
}

it("what a process printed last is not lost where its end is seen before it, and then nothing is done for long", async () => {
  const cwd = folder({});
  const printed: string[] = [];
  const go = join(cwd, "go");
  const patient = "until [ -e go ]; do sleep 0.02; done; echo last; touch printed";
  const second = lines(patient, cwd, (line) => printed.push(line));
  const first = lines("echo first; touch begun", cwd, () => {
    // Here is its end to be seen as well, and with it that of the other one, whose output is not there yet.
    writeFileSync(go, "");
    while (!existsSync(join(cwd, "printed"))) standStill(20);
    standStill(200);
    setImmediate(() => standStill(200));
  });
  while (!existsSync(join(cwd, "begun"))) standStill(20);
  standStill(200);
  expect([await first, await second]).toEqual(Array(2).fill({ kind: "exited", code: 0 }));
  expect(printed).toEqual(["last"]);
});
