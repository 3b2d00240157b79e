import { readFile } from "node:fs/promises";
import { z } from "zod";

/** What k6 gives to handleSummary, as far as it is read. */
const k6Summary = z.object({
  state: z.object({ testRunDurationMs: z.number() }),
  metrics: z.record(
    z.string(),
    z.object({
      type: z.enum(["counter", "gauge", "rate", "trend"]),
      // A trend without samples has nulls.
      values: z.record(z.string(), z.number().nullable()),
      thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional(),
    }),
  ),
});
export type K6Summary = z.output<typeof k6Summary>;

/** The summary that our wrapper wrote; undefined when k6 did not come so far. */
export async function readSummary(path: string): Promise<K6Summary | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : k6Summary.parse(JSON.parse(text));
}
