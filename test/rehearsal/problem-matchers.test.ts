import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../rehearsal/run-event.ts";
import { readMatchers } from "../../rehearsal/runner/matcher-config.ts";
import { type Files, type Rehearsed, runWorkflow } from "./rehearsed.ts";

const TSC = {
  owner: "tsc",
  pattern: [
    {
      regexp: "^([^\\s].*)\\((\\d+),(\\d+)\\):\\s+(error|warning|info)\\s+(TS\\d+)\\s*:\\s*(.*)$",
      ...{ file: 1, line: 2, column: 3, severity: 4, code: 5, message: 6 },
    },
  ],
};
const STYLISH = {
  owner: "eslint-stylish",
  pattern: [
    { regexp: "^([^\\s].*)$", file: 1 },
    {
      regexp: "^\\s+(\\d+):(\\d+)\\s+(error|warning)\\s+(.*)\\s\\s+(.*)$",
      ...{ line: 1, column: 2, severity: 3, message: 4, code: 5, loop: true },
    },
  ],
};
const WORD = {
  owner: "word",
  severity: "notice",
  pattern: [{ regexp: "^note (.+)$", message: 1 }],
};

const files: Files = {
  "tsc.json": JSON.stringify({ problemMatcher: [TSC] }),
  "stylish.json": JSON.stringify({ problemMatcher: [STYLISH] }),
  "word.json": JSON.stringify({ problemMatcher: [WORD] }),
  "wrong.json": JSON.stringify({ problemMatcher: [{ owner: "x", pattern: [{ regexp: "a" }] }] }),
  "src/a.ts": "a\n",
  "b.js": "b\n",
};

/** `level file:line:column message` of each annotation. */
function told({ events }: Rehearsed): string[] {
  return events.flatMap((event: RunEvent) => {
    if (event.type !== "annotation") return [];
    const { level, file, line, column, message } = event.annotation;
    return [`${level} ${file ?? ""}:${line ?? ""}:${column ?? ""} ${message}`];
  });
}

function steps(...scripts: string[]): string {
  const runs = scripts.map((script) => `      - run: |\n${script.replace(/^/gm, "          ")}\n`);
  return `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v6\n${runs.join("")}`;
}

describe("a problem matcher", () => {
  it("makes annotations of what later steps print too, with the file as the repository knows it", async () => {
    const ran = await runWorkflow(
      steps(
        "echo '::add-matcher::tsc.json'",
        "echo 'src/a.ts(3,7): error TS1: Wrong here.'\necho \"$PWD/b.js(1,2): warning TS2: By its full path.\"\nprintf '\\033[31mnowhere.ts(1,1): error TS3: In no file.\\033[0m\\n'\necho 'b.js(1,1): info TS4: Of no level.'",
      ),
      { files },
    );
    expect(told(ran)).toEqual([
      expect.stringMatching(/^notice /), // a folder without commits
      "error src/a.ts:3:7 Wrong here.",
      "warning b.js:1:2 By its full path.",
      "error :1:1 In no file.",
    ]);
    expect(ran.result.conclusion).toBe("success");
    expect(ran.printed("a")).toContain("src/a.ts(3,7): error TS1: Wrong here.");
  });

  it("goes over several lines, again and again where its last pattern loops", async () => {
    const ran = await runWorkflow(
      steps(
        "echo '::add-matcher::stylish.json'\necho b.js\necho '  1:2  error  First  rule-a'\necho '  3:4  warning  Second  rule-b'\necho\necho '  5:6  error  Belongs to no file  rule-c'\necho src/a.ts\necho '  7:8  error  Third  rule-d'",
      ),
      { files },
    );
    expect(told(ran).slice(1)).toEqual([
      "error b.js:1:2 First",
      "warning b.js:3:4 Second",
      "error src/a.ts:7:8 Third",
    ]);
  });

  it("has a severity of its own, and can be taken away by owner or by file", async () => {
    const ran = await runWorkflow(
      steps(
        "echo '##[add-matcher]word.json'\necho 'note one'\necho '::remove-matcher owner=WORD::'\necho 'note two'",
        "echo '::add-matcher::word.json'\necho '::remove-matcher::word.json'\necho 'note three'",
      ),
      { files },
    );
    expect(told(ran).slice(1)).toEqual(["notice :: one"]);
  });

  it("whose expression would never end is taken away, and the others stay", async () => {
    const endless = { owner: "endless", pattern: [{ regexp: "^(a+)+$", message: 1 }] };
    const ran = await runWorkflow(
      steps(
        "echo '::add-matcher::word.json'\necho '::add-matcher::endless.json'",
        `echo 'note one'\necho ${"a".repeat(60)}b\necho 'note two'\necho aaa`,
      ),
      { files: { ...files, "endless.json": JSON.stringify({ problemMatcher: [endless] }) } },
    );
    expect(told(ran).slice(1)).toEqual([
      "notice :: one",
      "warning :: Removing issue matcher 'endless'. Matcher failed 3 times: its expression took more than a second for one line.",
      "notice :: two",
    ]);
    expect(ran.result.conclusion).toBe("success");
  });

  it("that can't be read fails its step, with the reason", async () => {
    const ran = await runWorkflow(
      steps("echo '::add-matcher::wrong.json'", "echo never", "echo '::remove-matcher::'"),
      { files },
    );
    expect(told(ran).slice(1)).toEqual([
      "error :: Unable to process command '::add-matcher::wrong.json' successfully.",
      "error :: At least one pattern must set 'message'",
    ]);
    expect(ran.result.conclusion).toBe("failure");
  });
});

it.each<[string, object]>([
  ["Owner must not be empty", { pattern: [{ regexp: "a", message: 0 }] }],
  ["unexpected default severity 'bad'", { owner: "a", severity: "bad", pattern: [{}] }],
  ["does not contain any patterns", { owner: "a", pattern: [] }],
  [
    "'message' is set to 2 which is out of range",
    { owner: "a", pattern: [{ regexp: "(a)", message: 2 }] },
  ],
  [
    "The property 'file' is set twice",
    {
      owner: "a",
      pattern: [
        { regexp: "a", file: 0 },
        { regexp: "b", file: 0, message: 0 },
      ],
    },
  ],
  [
    "Only the last pattern in a multiline matcher may set 'loop'",
    { owner: "a", pattern: [{ regexp: "a", message: 0, loop: true }] },
  ],
  [
    "The loop pattern must set 'message'",
    {
      owner: "a",
      pattern: [
        { regexp: "a", message: 0 },
        { regexp: "b", loop: true },
      ],
    },
  ],
])("a file is refused since: %s", (reason, matcher) => {
  expect(() => readMatchers(JSON.stringify({ problemMatcher: [matcher] }))).toThrow(reason);
});
