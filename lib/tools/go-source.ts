import { join } from "node:path";
import { SluiceError } from "../error.ts";
import type { Pins } from "./pins.ts";
import { lastWords, run } from "./process.ts";
import { findOnPath } from "./search-path.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";

/** What every go.mod in tools/ asks for. */
export const INSTALL_GO = "install Go 1.25 or later (https://go.dev/dl)";

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
  await go(["mod", "download"], "target-unreachable", "see that the Go module proxy is reachable");
  const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", `-s -w ${ldflags}`];
  const output = join(folder, "bin", tool.name);
  await go(["build", ...flags, "-o", output, path], "build-failed", undefined);

  async function go(
    args: string[],
    code: "target-unreachable" | "build-failed",
    hint: string | undefined,
  ): Promise<void> {
    const settings = { cwd: pins.folder, env: goEnv(shop.env), signal: shop.signal };
    const ended = await run((await findOnPath("go", shop.env)) ?? "go", args, settings);
    if (ended.code === 0) return;
    const said = lastWords(ended);
    if (isWrongSum(said)) throw wrongSum(tool, said);
    if (isOldGo(said)) throw oldGo(tool, said);
    const message = `${tool.name} ${tool.version}: go ${args[0]} failed: ${said}`;
    throw new SluiceError(code, message, hint ? { hint } : {});
  }
}

/** For this machine and from the wrapper alone, whatever the user's own settings are. */
function goEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return { ...rest, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
}

function isWrongSum(said: string): boolean {
  return /checksum mismatch|SECURITY ERROR/.test(said);
}

/** The first is how a Go that knows toolchains says it, the second an older one. */
function isOldGo(said: string): boolean {
  return /requires go >= |invalid go version/.test(said);
}

function oldGo(tool: Tool, said: string): SluiceError {
  const message = `${tool.name} ${tool.version}: the Go on PATH is too old to build it: ${said}`;
  const hint = `${INSTALL_GO}, or put ${tool.name} on PATH`;
  return new SluiceError("unsupported", message, { hint });
}

function wrongSum(tool: Tool, said: string): SluiceError {
  const message = `${tool.name} ${tool.version}: what was fetched is not what tools/${tool.name}/go.sum pins: ${said}`;
  const hint = "do not use it; ask where the module proxy of this machine gets its modules from";
  return new SluiceError("digest-mismatch", message, { hint });
}
