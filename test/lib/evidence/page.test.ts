import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, digestOf } from "../../../lib/evidence/canonical.ts";
import { pageAssets } from "../../../lib/evidence/page/assets.ts";
import { page } from "../../../lib/evidence/page/page.ts";
import type { Record } from "../../../lib/evidence/record.ts";
import type { Timeline } from "../../../lib/evidence/timeline/timeline.ts";
import { releaseOf } from "./releases.ts";

const START_MS = Date.parse("2026-11-21T02:00:00.000Z");

function timelineOf(version: string, windows = 120): Timeline {
  const steps = Array.from({ length: windows }, (_, index) => START_MS + 500 * index);
  return {
    arms: [
      {
        version,
        windows: steps.map((fromMs) => ({
          fromMs,
          toMs: fromMs + 500,
          weightPercent: 10,
          requests: 10,
          errors: 0,
        })),
      },
    ],
    evidence: [{ version, threshold: 100, points: steps.map((atMs) => ({ atMs, worse: 1 })) }],
    marks: [],
  };
}

function recordOf(text = "1.1.0", reason?: string): Record {
  return { schema: 1, releases: [releaseOf(text, "rolled-back", reason)] };
}

/** What a browser would take for markup, and where. */
function tags(text: string): string[] {
  return text.match(/<[a-z!/][^\s>]*/gi) ?? [];
}

function block(text: string, id: string): unknown {
  const json = new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`).exec(text);
  return JSON.parse(json?.[1] ?? "null");
}

describe("the page of a record", () => {
  const record: Record = {
    schema: 1,
    releases: [
      releaseOf("1.0.0", "promoted"),
      releaseOf("1.1.0", "promoted"),
      releaseOf("1.2.0", "rolled-back", "it failed 72 times as often"),
    ],
  };
  const text = page({ record, timeline: timelineOf("1.2.0"), title: "Rehearsal" });

  it("tells each release's outcome, reason and figures without any script", () => {
    const body = text.slice(text.indexOf("<body>"), text.indexOf("<script"));
    for (const words of [
      "1.0.0",
      "promoted",
      "1.2.0",
      "rolled back",
      "it failed 72 times as often",
    ]) {
      expect(body).toContain(words);
    }
    expect(body).toContain("3.1 s");
    expect(body).toContain("9 of 200 (4.5 %)");
    expect(body).toContain("150 of 100");
  });

  it("loads nothing from anywhere", () => {
    expect(text).not.toMatch(/\b(src|href|action|poster|data)="(?!#)/i);
    expect(text.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:|@import|url\((?!#)/,
    );
  });

  it("allows its own script and style by their hashes, and no other", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? "";
    const rules = policy.replaceAll("&#39;", "'").split("; ");
    const hash = (inside: string) => createHash("sha256").update(inside).digest("base64");
    const script = /<script>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? "";
    expect(rules).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash(script)}'`,
      `style-src 'sha256-${hash(style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(text).not.toMatch(/\sstyle=|\son[a-z]+=/);
  });

  it("holds the record and its digest", () => {
    expect(block(text, "record")).toEqual(record);
    expect(text).toContain(digestOf(canonicalJson(record)));
  });

  it("is small without its data", () => {
    expect(Buffer.byteLength(page({ record: { schema: 1, releases: [] } }))).toBeLessThan(300_000);
    expect(Buffer.byteLength(text)).toBeLessThan(300_000);
  });

  it("stays small when a day of samples is put into it", () => {
    const day = page({ record, timeline: timelineOf("1.2.0", 170_000) });
    expect(Buffer.byteLength(day)).toBeLessThan(500_000);
  });

  it("says that there is no timeline when nothing was read, and brings no script then", () => {
    const bare = page({
      record: { schema: 1, releases: [{ ...releaseOf("1.0.0", "failed"), rollout: null }] },
    });
    expect(bare).toContain("there is no timeline");
    expect(bare).not.toContain("<script>");
  });

  it("shows a dash where nobody counted", () => {
    const traffic = { requests: null, failed: null, lost: null };
    const bare = page({
      record: { schema: 1, releases: [{ ...releaseOf("1.0.0", "failed"), traffic }] },
    });
    expect(bare).toContain('<dd class="">–</dd>');
  });
});

describe("text from outside", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          "</script>",
          "<script>",
          "<!--",
          "-->",
          "]]>",
          "<img src=x onerror=alert(1)>",
          '"',
          "'",
          "&lt;",
          "&",
          "\u2028",
          "\u202e",
          "\0",
          "\ud800",
          "${1}",
          "$&",
          "</style>",
          "</title>",
          "\\u003c",
        ),
      )
      .map((parts) => parts.join("")),
  );

  it("never becomes markup, wherever it stands, and the data stays what it was", () => {
    const plain = tags(page({ record: recordOf(), timeline: timelineOf("1.1.0", 2), title: "a" }));
    fc.assert(
      fc.property(nasty, nasty, nasty, (version, reason, title) => {
        const record = recordOf(version, reason);
        const text = page({ record, timeline: timelineOf(version, 2), title });
        expect(tags(text)).toEqual(plain);
        expect(block(text, "record")).toEqual(JSON.parse(JSON.stringify(record)));
        expect(block(text, "chart-data")).toMatchObject({ arms: [{ version }] });
      }),
    );
  });

  it("cannot turn the text around or hide in it", () => {
    const text = page({ record: recordOf("1.0\u202e0.1", "a\u0007b\nc") });
    const shown = text.slice(0, text.indexOf("<script"));
    for (const character of ["\u202e", "\u0007"]) expect(shown).not.toContain(character);
    expect(shown).toContain("a\ufffdb\nc");
  });
});

describe("the page's script and style", () => {
  it("are the ones that their sources give", async () => {
    const path = new URL("../../../lib/evidence/page/generated/assets.ts", import.meta.url);
    expect(await readFile(path, "utf8")).toBe(await pageAssets());
  });
});
