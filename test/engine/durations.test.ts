import { expect, test } from "vitest";
import { Durations } from "../../engine/durations.ts";
import { Metrics } from "../../engine/metrics.ts";

test("a histogram that is kept elsewhere is shown as any other", async () => {
  const memory = new SharedArrayBuffer(Durations.BYTES);
  const metrics = new Metrics("blue", "1.0.0");
  metrics.durations("x_seconds", "How long", new Durations(memory));
  const writer = new Durations(memory);
  writer.observe(0.001);
  writer.observe(0.0011, 5);
  writer.observe(9);
  const lines = (await metrics.text()).split("\n").filter((line) => line.includes("x_seconds"));
  const labels = 'slot="blue",version="1.0.0"';
  expect(lines).toContain("# TYPE x_seconds histogram");
  expect(lines).toContain(`x_seconds_bucket{le="0.0005",${labels}} 0`);
  expect(lines).toContain(`x_seconds_bucket{le="0.001",${labels}} 1`);
  expect(lines).toContain(`x_seconds_bucket{le="0.0025",${labels}} 6`);
  expect(lines).toContain(`x_seconds_bucket{le="5",${labels}} 6`);
  expect(lines).toContain(`x_seconds_bucket{le="+Inf",${labels}} 7`);
  expect(lines).toContain(`x_seconds_count{${labels}} 7`);
  const sum = lines.find((line) => line.startsWith("x_seconds_sum"));
  expect(Number(sum?.split(" ")[1])).toBeCloseTo(9.0065);
});
