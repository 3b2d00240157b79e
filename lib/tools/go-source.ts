import { join } from "node:path";
import { type ErrorCode, SluiceError } from "../error.ts";
import type { Pins } from "./pins.ts";
import { lastWords, run } from "./process.ts";
import { findOnPath } from "./search-path.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";

/** Enough for every go.mod in tools/. */
export const INSTALL_GO = "install Go 1.26.3 or later (https://go.dev/dl)";

/** Why a Go program cannot be built on this machine; undefined when it can. */
export async function lacksGo({ env }: Shop): Promise<string | undefined> {
  return (await findOnPath("go", env)) ? undefined : "Go is not on PATH";
}

/** Builds the pinned module into `bin/` of `folder`. go.sum decides which bytes may take part. */
export async function buildGo(
  tool: Tool & { source: { kind: "go" } },
  pins: Pins,
  folder: string,
  shop: Shop,
): Promise<void> {
  const { package: path, ldflags } = tool.source;
  const program = (await findOnPath("go", shop.env)) ?? "go";
  const settings = {
    cwd: pins.folder,
    env: goEnv(shop.env, tool.source.experiment),
    signal: shop.signal,
  };
  const go = async (...args: string[]) => {
    const ended = await run(program, args, settings);
    if (ended.code !== 0) throw faultOfGo(tool, lastWords(ended));
  };
  // Fetches what the program needs; `go mod download` would also ask for what is only in the module graph.
  await go("list", "-mod=readonly", "-deps", path);
  const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", `-s -w ${ldflags}`];
  await go("build", ...flags, "-o", join(folder, "bin", tool.name), path);
}

/** For this machine and from the wrapper alone, whatever the user's own settings are. */
function goEnv(env: NodeJS.ProcessEnv, experiment = ""): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return { ...rest, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off", GOEXPERIMENT: experiment };
}

interface Fault {
  says: RegExp;
  code: ErrorCode;
  what: string;
  hint: (tool: Tool) => string;
}

/** What Go can stumble over that is not the program itself; the first that fits. */
const FAULTS: readonly Fault[] = [
  {
    says: /checksum mismatch|SECURITY ERROR/,
    code: "digest-mismatch",
    what: "what was fetched is not what its go.sum pins",
    hint: () => "do not use it; ask where the module proxy of this machine gets its modules from",
  },
  {
    // How a Go that knows toolchains says it, and how an older one does.
    says: /requires go >= |invalid go version/,
    code: "unsupported",
    what: "the Go on PATH is too old to build it",
    hint: (tool) => `${INSTALL_GO}, or put ${tool.name} on PATH`,
  },
  {
    says: /https?:\/\/|dial tcp|disabled by GOPROXY/,
    code: "target-unreachable",
    what: "its modules could not be fetched",
    hint: () => "see that the Go module proxy is reachable (`go env GOPROXY`)",
  },
];

function faultOfGo(tool: Tool, said: string): SluiceError {
  const fault = FAULTS.find(({ says }) => says.test(said));
  const code = fault?.code ?? "build-failed";
  const what = fault?.what ?? "it could not be built";
  const options = fault ? { hint: fault.hint(tool) } : {};
  return new SluiceError(code, `${tool.name} ${tool.version}: ${what}: ${said}`, options);
}
