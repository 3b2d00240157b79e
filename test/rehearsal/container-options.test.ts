import { describe, expect, it } from "vitest";
import { options } from "../../rehearsal/container/command-line.ts";
import { registryIn } from "../../rehearsal/container/image.ts";
import { passed } from "../../rehearsal/container/variables.ts";

describe("options of a container", () => {
  it.each<[string, string[]]>([
    ["", []],
    ["  --cpus 1\t--memory=1g ", ["--cpus", "1", "--memory=1g"]],
    [`--health-cmd "pg_isready -U me"`, ["--health-cmd", "pg_isready -U me"]],
    [`--health-cmd="redis-cli ping"`, ["--health-cmd=redis-cli ping"]],
    [`--health-cmd="curl -H 'a: b'"`, ["--health-cmd=curl -H 'a: b'"]],
    [`--health-cmd="sh -c \\"exit 0\\""`, [`--health-cmd=sh -c "exit 0"`]],
    [`--health-cmd "say ""twice"" it"`, ["--health-cmd", `say "twice" it`]],
    [`--label "" --x`, ["--label", "", "--x"]],
    [String.raw`--path C:\\x \n`, ["--path", String.raw`C:\\x`, String.raw`\n`]],
    ["--a\n--b", ["--a", "--b"]],
    ["--a 'b c'", ["--a", "'b", "c'"]],
  ])("%j is taken apart as GitHub's runner does it", (text, expected) => {
    expect(options(text)).toEqual(expected);
  });
});

it("a registry is what looks like a host", () => {
  expect(["redis:8", "o/db", "ghcr.io/o/x", "localhost/x", "h:5000/x"].map(registryIn)).toEqual([
    undefined,
    undefined,
    "ghcr.io",
    "localhost",
    "h:5000",
  ]);
});

it("a container's variables are told by name, and never become the engine's own", () => {
  const own = { HOME: "/home/me", PATH: "/bin" };
  const { args, env } = passed(
    [
      ["TOKEN", "secret"],
      ["HOME", "/github/home"],
      ["DOCKER_HOST", "tcp://nowhere:1"],
    ],
    own,
  );
  expect(args).toEqual([
    "--env=TOKEN",
    "--env=HOME=/github/home",
    "--env=DOCKER_HOST=tcp://nowhere:1",
  ]);
  expect(env).toEqual({ ...own, TOKEN: "secret" });
});
