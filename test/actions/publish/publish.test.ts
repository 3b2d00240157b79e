import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseApiFault } from "../../../rehearsal/api/api-fault.ts";
import { git, type Rehearsed, repository, run, write } from "../../rehearsal/rehearsed.ts";

const RUN = fileURLToPath(new URL("../../../scripts/run-action.ts", import.meta.url));

/** A job that runs the action from its sources, against the rehearsal's GitHub. */
function workflow(
  steps: readonly Readonly<Record<string, string>>[],
  permissions = "{ contents: write }",
  also = "true",
) {
  const inputs = { mode: "publish", files: "out", token: "${{ github.token }}", tag: "v1.1.0" };
  const text = steps.map((given) => {
    const all = Object.entries({ ...inputs, ...given });
    const env = all.map(([name, value]) => `INPUT_${name.toUpperCase()}: "${value}"`).join(", ");
    return `      - if: always()\n        env: { ${env}, INPUT_COMMIT: "\${{ github.sha }}" }\n        run: '"${process.execPath}" --disable-warning=ExperimentalWarning "${RUN}" publish'`;
  });
  return `on: push
permissions: ${permissions}
jobs:
  publish:
    runs-on: x
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0 }
      - run: mkdir out && echo bytes > out/app.tar.gz && echo '{}' > out/sbom.json
      - run: ${also}
${text.join("\n")}
`;
}

function released(text: string): string {
  const dir = repository({ ".github/workflows/publish.yml": text });
  git(dir, "tag", "v1.0.0");
  write(dir, { "a.txt": "a" });
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--message", "feat(api): greet everybody");
  git(dir, "tag", "v1.1.0");
  return dir;
}

const AT = { event: "push", ref: "refs/tags/v1.1.0" } as const;

function told(events: Rehearsed["events"]): string {
  return events
    .flatMap((event) => (event.type === "annotation" ? [event.annotation.message] : []))
    .join("\n");
}

/** Leaves a record beside the archive that says `digest` of it. */
function recording(release: object): string {
  const record = JSON.stringify({ schema: 1, releases: [release] });
  return `echo '${record}' > out/record.json`;
}

const RELEASE = {
  version: "1.1.0",
  commit: "0123456789abcdef0123456789abcdef01234567",
  digest: `sha256:${createHash("sha256").update("bytes\n").digest("hex")}`,
  outcome: "promoted",
  gates: [],
  rollout: null,
  traffic: { requests: null, failed: null, lost: null },
};
const FETCH = { mode: "fetch", output: "got" };

describe("publish", () => {
  it("releases a version once, with notes and files, and refuses it the second time", async () => {
    const dir = released(workflow([{ mode: "check" }, {}, {}, { mode: "check" }]));
    const { result, steps, events } = await run(dir, AT);
    expect(
      steps("publish")
        .slice(-4)
        .map((one) => one.split(": ").at(-1)),
    ).toEqual(["success", "success", "failure", "failure"]);
    expect(told(events)).toContain("v1.1.0 is released already");
    const [release, ...others] = result.github.releases ?? [];
    expect(others).toEqual([]);
    expect(release).toMatchObject({ tag: "v1.1.0", draft: false, prerelease: false });
    expect(release?.assets.map(({ name }) => name)).toEqual(["app.tar.gz", "sbom.json"]);
    expect(release?.text).toContain("## Features");
    expect(release?.text).toContain("**api**: greet everybody");
    expect(release?.text).toContain("Since v1.0.0.");
    expect(release?.text).toMatch(/[0-9a-f]{64} {2}app\.tar\.gz/);
  });

  it("leaves nothing behind when GitHub breaks off, and the next attempt succeeds", async () => {
    const dir = released(workflow([{}, {}]));
    const apiFaults = [parseApiFault("POST *assets*=502x1")];
    const { result, steps, events } = await run(dir, { ...AT, apiFaults });
    expect(
      steps("publish")
        .slice(-2)
        .map((one) => one.split(": ").at(-1)),
      told(events),
    ).toEqual(["failure", "success"]);
    expect(result.github.releases).toHaveLength(1);
  });

  it.each([
    ["a file that is not there", { files: "nowhere" }, "there is no nowhere"],
    ["two files of one name", { files: "out/app.tar.gz,out" }, "two files are called app.tar.gz"],
  ])("makes nothing for %s", async (_name, given, why) => {
    const { result, events } = await run(released(workflow([given])), AT);
    expect(result.conclusion).toBe("failure");
    expect(told(events)).toContain(why);
    expect(result.github.releases ?? []).toEqual([]);
  });

  it.each(["check", "publish"])(
    "does not %s a version whose tag names another commit",
    async (mode) => {
      const { result, events } = await run(released(workflow([{ mode, tag: "v1.0.0" }])), AT);
      expect(result.conclusion).toBe("failure");
      expect(told(events)).toMatch(
        /the tag v1\.0\.0 is at [0-9a-f]{40}, and [0-9a-f]{40} was built/,
      );
      expect(result.github.releases ?? []).toEqual([]);
    },
  );

  it("makes the tag of a version that has none, at the commit that was built", async () => {
    const { result, events } = await run(released(workflow([{ tag: "v1.2.0" }])), AT);
    expect(result.conclusion, told(events)).toBe("success");
    expect(result.github.releases?.map(({ tag }) => tag)).toEqual(["v1.2.0"]);
  });

  it("says which permission it lacks", async () => {
    const { result, events } = await run(released(workflow([{}], "{ contents: read }")), AT);
    expect(result.conclusion).toBe("failure");
    expect(told(events)).toContain("contents: write");
  });

  it.each(["check", "publish", "fetch"])(
    "does not take what it may not read for what is not released, in mode %s",
    async (mode) => {
      const apiFaults = [parseApiFault("GET *releases*=404")];
      const { result, events } = await run(released(workflow([{ mode }])), { ...AT, apiFaults });
      expect(result.conclusion).toBe("failure");
      expect(told(events)).toMatch(/there is no repository \S+, or it is private and this token/);
      expect(told(events)).not.toContain("is not released");
      expect(result.github.releases ?? []).toEqual([]);
    },
  );

  it("fetches what was released, and says which of the files is the archive", async () => {
    const text = workflow([{}, FETCH], undefined, recording(RELEASE));
    const show = "      - run: ls got; cat got/app.tar.gz\n";
    const { result, printed, events } = await run(released(text + show), AT);
    expect(result.conclusion, told(events)).toBe("success");
    expect(printed("publish").join("\n")).toContain("app.tar.gz\nrecord.json\nsbom.json\nbytes");
    expect(printed("publish").join("\n")).toContain(`v1.1.0 is ${RELEASE.digest}`);
  });

  it.each([
    ["a version that was not released", [FETCH], recording(RELEASE), "v1.1.0 is not released"],
    ["a release without a record", [{}, FETCH], "true", "has no record.json that could be read"],
    [
      "a release whose archive is not what its record says",
      [{}, FETCH],
      recording({ ...RELEASE, digest: `sha256:${"0".repeat(64)}` }),
      "as its record says",
    ],
    [
      "a release that was taken back",
      [{}, FETCH],
      recording({ ...RELEASE, outcome: "rolled-back" }),
      "its record says rolled-back",
    ],
    [
      "the files of another version",
      [{}, FETCH],
      recording({ ...RELEASE, version: "1.0.0" }),
      "the record in the release of v1.1.0 is of 1.0.0",
    ],
  ])("does not fetch %s", async (_name, steps, also, why) => {
    const { result, events } = await run(released(workflow(steps, undefined, also)), AT);
    expect(result.conclusion).toBe("failure");
    expect(told(events)).toContain(why);
  });
});
