import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { until } from "../support/until.ts";
import { copyEngine, EngineProcess } from "./support/engine-process.ts";

test("an engine whose thread is slow says which one it waits for, and one whose thread ends does not wait for ever", async () => {
  using copy = copyEngine();
  const worker = join(copy.folder, "engine/pipeline/journal-worker.ts");
  writeFileSync(worker, "setTimeout(() => process.exit(3), 10_000);");
  const folder = join(copy.folder, "journal");
  await using engine = EngineProcess.spawn({ JOURNAL_DIR: folder }, copy.folder);
  const waiting = await engine.waitFor("a thread is not ready yet");
  expect(waiting).toMatchObject({ level: "warn", thread: "journal" });
  expect(waiting.waitedMs).toBeGreaterThan(4_000);
  expect(waiting.cpuMs).toBeGreaterThan(0);
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)).toMatchObject({
    message: `can't write a journal in ${folder}`,
    cause: "the thread ended with code 3 before it was ready",
  });
});

test("an engine whose sender to the log is fenced before the engine serves says so, and is never ready", async () => {
  using copy = copyEngine();
  const told = [
    { trouble: "no leader" },
    { trouble: null },
    { fenced: "another engine took the lease" },
    { ready: { planned: "", actual: "" } },
  ];
  writeFileSync(
    join(copy.folder, "engine/replication/replicator-worker.ts"),
    `import { parentPort } from "node:worker_threads";
     for (const note of ${JSON.stringify(told)}) parentPort.postMessage(note);`,
  );
  const env = { JOURNAL_DIR: join(copy.folder, "journal"), NATS_URL: "nats://127.0.0.1:4222" };
  await using engine = await EngineProcess.start(env, copy.folder);
  expect(await engine.call("GET", "/health")).toMatchObject({
    code: 503,
    body: { status: "fenced" },
  });
  const said = engine.log.map(({ message }) => message);
  expect(said).toContain("the log can't be written");
  expect(said).toContain("fenced: nothing more is acknowledged");
});

test.each([
  ["ends by a fault", "setTimeout(() => { throw new Error('no more'); }, 10);"],
  ["leaves the log behind", "parentPort.postMessage({ ended: 'no more' });"],
])(
  "an engine whose sender to the log %s is not ready any more: nobody renews its lease",
  async (_, end) => {
    using copy = copyEngine();
    writeFileSync(
      join(copy.folder, "engine/replication/replicator-worker.ts"),
      `import { parentPort } from "node:worker_threads";
     parentPort.postMessage({ ready: { planned: "", actual: "" } });
     ${end}`,
    );
    const env = { JOURNAL_DIR: join(copy.folder, "journal"), NATS_URL: "nats://127.0.0.1:4222" };
    await using engine = await EngineProcess.start(env, copy.folder);
    await until(
      "health tells",
      async () => (await engine.call("GET", "/health")).body.status === "fenced",
    );
  },
);
