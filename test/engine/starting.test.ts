import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
