import { expect, it } from "vitest";
import { runWorkflow } from "./rehearsed.ts";

const CACHE = "actions/cache@v6";

it("a cache is missed, saved when its job succeeds, and found by later jobs", async () => {
  const { printed, steps, result } = await runWorkflow(`
on: push
jobs:
  one:
    runs-on: x
    steps:
      - { id: c, name: Cache, uses: ${CACHE}, with: { key: deps-1, path: "deps\\n~/.nowhere", restore-keys: deps- } }
      - run: echo "hit '\${{ steps.c.outputs.cache-hit }}'"; mkdir deps; echo kept > deps/file; ln -s file deps/link
  two:
    needs: one
    runs-on: x
    steps:
      - { id: c, uses: ${CACHE}, with: { key: deps-1, path: "deps\\n~/.nowhere" } }
      - run: echo "hit '\${{ steps.c.outputs.cache-hit }}' $(cat deps/link)"
  three:
    needs: one
    runs-on: x
    steps:
      - { id: c, uses: ${CACHE}, with: { key: deps-2, path: "deps\\n~/.nowhere", restore-keys: "other-\\ndeps-" } }
      - run: echo "hit '\${{ steps.c.outputs.cache-hit }}' $(cat deps/file)"
  elsewhere:
    needs: one
    runs-on: x
    steps:
      - { id: c, uses: ${CACHE}, with: { key: deps-1, path: other } }
      - run: echo "hit '\${{ steps.c.outputs.cache-hit }}'"; exit 1
`);
  expect(printed("one")).toEqual(["hit ''"]);
  expect(steps("one").at(-1)).toBe("Post Cache: success");
  expect(printed("two")).toEqual(["hit 'true' kept"]);
  expect(printed("three")).toEqual(["hit 'false' kept"]);
  expect(printed("elsewhere")).toEqual(["hit ''"]);
  expect(steps("elsewhere").at(-1)).toBe(`Post Run ${CACHE}: skipped`);
  expect(result.jobs).toMatchObject({ two: "success", three: "success", elsewhere: "failure" });
});

it("a cache is restored and saved by steps of their own, and may be required", async () => {
  const { printed, annotations } = await runWorkflow(`
on: push
jobs:
  a:
    runs-on: x
    steps:
      - run: mkdir -p a/b && echo 1 > a/b/file && echo 2 > a/b/left-out
      - { uses: actions/cache/save@v6, with: { key: k, path: "a/b/*\\n!a/b/left-out" } }
      - { uses: actions/cache/save@v6, with: { key: k, path: "a/b/*\\n!a/b/left-out" } }
      - run: rm -r a
      - { id: look, uses: actions/cache/restore@v6, with: { key: k, path: "a/b/*\\n!a/b/left-out", lookup-only: true } }
      - run: ls; echo "\${{ steps.look.outputs.cache-hit }}"
      - { id: r, uses: actions/cache/restore@v6, with: { key: kk, restore-keys: k, path: "a/b/*\\n!a/b/left-out" } }
      - run: echo "\${{ steps.r.outputs.cache-hit }} \${{ steps.r.outputs.cache-primary-key }} \${{ steps.r.outputs.cache-matched-key }}"; ls a/b
      - { uses: actions/cache/restore@v6, with: { key: none, path: a, fail-on-cache-miss: true } }
`);
  expect(printed("a")).toEqual(["true", "false kk k", "file"]);
  expect(annotations("a").at(-1)).toContain("Exiting as fail-on-cache-miss is set");
});
