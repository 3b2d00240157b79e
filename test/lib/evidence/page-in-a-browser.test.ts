import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { page } from "../../../lib/evidence/page/page.ts";
import type { Timeline } from "../../../lib/evidence/timeline/timeline.ts";
import { Browser, chromium } from "../../support/browser.ts";
import { until } from "../../support/until.ts";
import { releaseOf } from "./releases.ts";

const START_MS = Date.parse("2026-11-21T02:00:00.000Z");
const SHIFT = 8;
const CONTROL = 2;

function timeline(): Timeline {
  const at = Array.from({ length: 120 }, (_, index) => START_MS + 500 * index);
  const windows = at.map((fromMs) => ({
    fromMs,
    toMs: fromMs + 500,
    weightPercent: 10,
    requests: 10,
    errors: 0,
  }));
  const points = at.map((atMs) => ({ atMs, worse: 1 }));
  return {
    arms: [{ version: "1.1.0", windows }],
    evidence: [{ version: "1.1.0", threshold: 100, points }],
    marks: [],
  };
}

describe.runIf(chromium !== undefined)("the release page in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-page-"));
  let browser: Browser;

  beforeAll(async () => {
    const file = join(folder, "page.html");
    const record = { schema: 1 as const, releases: [releaseOf("1.1.0", "rolled-back")] };
    writeFileSync(file, page({ record, timeline: timeline() }));
    browser = await Browser.open(chromium ?? "", pathToFileURL(file).href);
    await until("the charts are drawn", () =>
      browser.read<boolean>("document.querySelectorAll('#charts svg *').length > 20"),
    );
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await browser.read("document.getElementById('charts').focus()");
    await browser.key("Escape");
    await browser.mouse("mouseMoved", [1, 1]);
  });

  const tooltip = (): Promise<string> =>
    browser.read(
      "(t => t.hidden ? '' : t.querySelector('.when').textContent)(document.getElementById('tooltip'))",
    );
  const ticks = (): Promise<string> =>
    browser.read(
      "[...document.querySelectorAll('#charts .tick-x')].map((t) => t.textContent).join()",
    );
  /** A place within the chart, in shares of its width. */
  const place = (share: number, down = 80): Promise<[number, number]> =>
    browser.read(
      `(r => [r.left + ${share} * r.width, r.top + ${down}])(document.querySelector('#charts svg').getBoundingClientRect())`,
    );

  it("tells what was at the pointer, and hides it when the pointer leaves", async () => {
    await browser.mouse("mouseMoved", await place(0.5));
    expect(await tooltip()).toMatch(/^02:00:\d\d.* after the start$/);
    await browser.mouse("mouseMoved", [1, 1]);
    expect(await tooltip()).toBe("");
  });

  it("zooms into what is dragged over, and shows all again on a double click", async () => {
    const whole = await ticks();
    await browser.mouse("mousePressed", await place(0.4));
    await browser.mouse("mouseMoved", await place(0.6), { buttons: 1 });
    await browser.mouse("mouseReleased", await place(0.6));
    const part = await ticks();
    expect(part).not.toBe(whole);
    const middle = await place(0.5);
    for (const clickCount of [1, 2]) {
      await browser.mouse("mousePressed", middle, { clickCount });
      await browser.mouse("mouseReleased", middle, { clickCount });
    }
    expect(await ticks()).toBe(whole);
  });

  it("zooms by the wheel with Ctrl alone, so that the page still scrolls", async () => {
    const whole = await ticks();
    await browser.mouse("mouseWheel", await place(0.5), { deltaX: 0, deltaY: -200 });
    expect(await ticks()).toBe(whole);
    for (let turn = 0; turn < 6; turn++) {
      await browser.mouse("mouseWheel", await place(0.5), {
        deltaX: 0,
        deltaY: -200,
        modifiers: CONTROL,
      });
    }
    expect(await ticks()).not.toBe(whole);
  });

  it("moves the crosshair by arrow keys, further with Shift, and says aloud what is there", async () => {
    await browser.key("Home");
    expect(await tooltip()).toMatch(/^02:00:00\.0 UTC · 0 s after the start$/);
    await browser.key("ArrowRight");
    const small = await tooltip();
    await browser.key("Home");
    await browser.key("ArrowRight", SHIFT);
    const large = await tooltip();
    expect(seconds(large)).toBeGreaterThan(4 * seconds(small));
    expect(await browser.read("document.getElementById('voice').textContent")).toContain(
      "1.1.0: 10 %",
    );
    await browser.key("End");
    expect(seconds(await tooltip())).toBeGreaterThan(55);
  });

  it("zooms by plus and minus, and 0 shows all", async () => {
    const whole = await ticks();
    for (let press = 0; press < 4; press++) await browser.key("+");
    const near = await ticks();
    expect(near).not.toBe(whole);
    await browser.key("-");
    expect(await ticks()).not.toBe(near);
    await browser.key("0");
    expect(await ticks()).toBe(whole);
    expect(await tooltip()).toBe("");
  });
});

function seconds(text: string): number {
  return Number(/· ([\d.]+) s after/.exec(text)?.[1]);
}
