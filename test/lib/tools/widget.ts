import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLATFORM } from "../../../lib/tools/platform.ts";
import type { Patience } from "../../../lib/tools/release/patience.ts";
import { openShop, type Shop } from "../../../lib/tools/shop.ts";
import type { Tool } from "../../../lib/tools/tool.ts";

/** A tool that exists for these tests only. */
export const WIDGET = {
  name: "widget",
  version: "1.2.3",
  versionArgs: ["--version"],
  versionPattern: /^widget (\d\S*)/,
  source: { kind: "go", package: ".", ldflags: "" },
  expectedSeconds: 1,
} as const satisfies Tool;

/**
 * Stands in for Go, so that what happens around a build can be tested in any order and without one. It notes its
 * process and its arguments; the environment says what it does: fail to fetch, hang in the middle, make the wrong version.
 */
const PLAYED_GO = `#!/bin/sh
PATH=/usr/bin:/bin
echo "$$ $1" >> "$PLAYED_GO_CALLS"
if [ "$1" = list ]; then
  [ -z "$PLAYED_GO_REFUSES" ] && exit 0
  echo "$PLAYED_GO_REFUSES" >&2
  exit 1
fi
while [ "$1" != -o ]; do shift; done
mkdir -p "$(dirname "$2")"
printf '#!/bin/sh\\n' > "$2"
if [ -n "$PLAYED_GO_HANGS" ]; then
  echo "$$ hang" >> "$PLAYED_GO_CALLS"
  exec sleep 300
fi
sleep 0.3
printf 'echo widget %s\\n' "\${PLAYED_GO_MAKES:-1.2.3}" >> "$2"
chmod +x "$2"
`;

/** A machine in a folder: a PATH of its own, a cache, and the pins of the widget. */
export class Machine {
  readonly bin: string;
  readonly pinsFolder: string;
  readonly said: string[] = [];
  readonly env: NodeJS.ProcessEnv;
  readonly #calls: string;

  constructor(folder: string) {
    this.bin = join(folder, "bin");
    this.pinsFolder = join(folder, "tools");
    this.#calls = join(folder, "calls");
    mkdirSync(this.bin);
    writeFileSync(this.#calls, "");
    this.env = {
      PATH: this.bin,
      HOME: folder,
      SLUICE_TOOL_CACHE: join(folder, "cache"),
      PLAYED_GO_CALLS: this.#calls,
    };
    this.pin({ "go.mod": "module widget\n\ngo 1.21\n", "go.sum": "" });
  }

  pin(files: Record<string, string>): void {
    const folder = join(this.pinsFolder, "widget");
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  }

  /** Puts a program on the machine's PATH. */
  install(name: string, script: string): string {
    const file = join(this.bin, name);
    writeFileSync(file, script);
    chmodSync(file, 0o755);
    return file;
  }

  installGo(): void {
    this.install("go", PLAYED_GO);
  }

  installWidget(version: string): string {
    return this.install("widget", `#!/bin/sh\necho widget ${version}\n`);
  }

  /** Pins a release of the widget for this platform. */
  pinRelease(file: string, sha256: string, program?: string): void {
    const release = { url: `https://github.com/widgets/${file}`, sha256, program };
    const table = { widget: { version: WIDGET.version, assets: { [PLATFORM]: release } } };
    writeFileSync(join(this.pinsFolder, "releases.json"), JSON.stringify(table));
  }

  shop(env: NodeJS.ProcessEnv = {}, signal?: AbortSignal, patience?: Patience): Shop {
    const say = (message: string) => void this.said.push(message);
    const all = { ...this.env, ...env };
    return openShop({ pinsFolder: this.pinsFolder, env: all, say, signal, patience });
  }

  /** The calls of the played Go so far. */
  goCalls(): { pid: number; verb: string }[] {
    const lines = readFileSync(this.#calls, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => {
      const [pid = "", verb = ""] = line.split(" ");
      return { pid: Number(pid), verb };
    });
  }

  builds(): number {
    return this.goCalls().filter(({ verb }) => verb === "build").length;
  }

  /** Whether a build hangs, having written what it will ever write. */
  hangs(): boolean {
    return this.goCalls().some(({ verb }) => verb === "hang");
  }
}
