import { chmodSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { satisfies } from "../../rehearsal/stand-in/wanted-version.ts";
import { folder, runWorkflow } from "./rehearsed.ts";

it.each<[string, string, boolean]>([
  ["24.1.0", "24", true],
  ["24.1.0", "24.x", true],
  ["24.1.0", "v24.1.0", true],
  ["24.1.0", "24.2", false],
  ["24.1.0", "^24.0", true],
  ["24.1.0", "^24.2", false],
  ["24.1.0", "~24.1.0", true],
  ["24.1.0", "~24.0.0", false],
  ["24.1.0", ">=20", true],
  ["24.1.0", ">= 20 < 24", false],
  ["24.1.0", "18 || >=22", true],
  ["24.1.0", "lts/*", true],
  ["3.12.4", "3.x", true],
  ["3.12.4", ">=3.9,<3.13", true],
  ["3.13.0", ">=3.9,<3.13", false],
  ["3.13.0", "3.13-dev", true],
  ["3.12.4", "pypy3.10", false],
])("version %s for '%s': %s", (own, wanted, expected) => {
  expect(satisfies(own, wanted)).toBe(expected);
});

/** Programs that answer as those that they stand for. */
function machine(programs: { readonly [name: string]: string }): string {
  const bin = folder(
    Object.fromEntries(
      Object.entries(programs).map(([name, script]) => [name, `#!/bin/sh\n${script}\n`]),
    ),
  );
  for (const name of Object.keys(programs)) chmodSync(join(bin, name), 0o755);
  return `${bin}:/usr/bin:/bin`;
}

function python(version: string): string {
  return `case "$1" in -c) echo ${version}; echo "$(dirname "$0")/python$(echo ${version} | cut -d. -f1-2)" ;; *) echo "this is ${version}" ;; esac`;
}

it("setup-python takes the Python that is asked for, and says when there is none", async () => {
  const path = machine({
    python3: python("3.11.2"),
    "python3.11": python("3.11.2"),
    "python3.12": python("3.12.4"),
  });
  const { printed, annotations, result } = await runWorkflow(
    `
on: push
jobs:
  a:
    runs-on: x
    strategy: { matrix: { python: ["3.12", "3.11", "3.0"] } }
    steps:
      - { id: p, uses: actions/setup-python@v6, with: { python-version: "\${{ matrix.python }}", cache: pip } }
      - run: python; python3; echo "\${{ steps.p.outputs.python-version }}"
`,
    { env: { PATH: path } },
  );
  expect(result.conclusion).toBe("success");
  expect(printed("a (3.12)")).toEqual(["this is 3.12.4", "this is 3.12.4", "3.12.4"]);
  expect(printed("a (3.11)")).toEqual(["this is 3.11.2", "this is 3.11.2", "3.11.2"]);
  expect(printed("a (3.0)")).toEqual(["this is 3.11.2", "this is 3.11.2", "3.11.2"]);
  expect(annotations("a (3.12)")).toEqual([]);
  expect(annotations("a (3.0)").join()).toContain(
    "Python 3.0 is asked for; this machine has 3.11.2",
  );
});

it("setup-go takes the Go of this machine, and reads go.mod", async () => {
  const go = `case "$1" in env) echo go1.26.1; echo "$(dirname "$0")/gopath" ;; *) echo "$PATH" ;; esac`;
  const { printed, annotations } = await runWorkflow(
    `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - uses: actions/checkout@v6
      - { id: go, uses: actions/setup-go@v6, with: { go-version-file: go.mod } }
      - run: go version | grep -c gopath/bin; echo "\${{ steps.go.outputs.go-version }}"
      - { uses: actions/setup-go@v6, with: { go-version: "1.20" } }
`,
    { env: { PATH: machine({ go }) }, files: { "go.mod": "module x\n\ngo 1.22\n" } },
  );
  expect(printed("a")).toEqual(["1", "1.26.1"]);
  expect(annotations("a").at(-1)).toContain("Go 1.20 is asked for; this machine has 1.26.1");
});
