import { mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SluiceError } from "../../error.ts";
import { runProcess, unreachable } from "./process.ts";
import { commandLine } from "./quote.ts";
import type { Answer, RunOptions, Shell } from "./shell.ts";

/** ssh's own exit code for everything that went wrong before the command ran. */
const SSH_FAILED = 255;
/** The shared connection ends this long after its last use. */
const PERSIST_SECONDS = 15;

/**
 * The user's own OpenSSH, with the user's own configuration and keys. It never asks, and never trusts a host that is
 * not known; one connection is shared by all calls.
 */
export class SshShell implements Shell {
  readonly name: string;
  readonly #destination: string;
  readonly #options: string[];

  constructor(name: string, destination: string, configFile?: string) {
    this.name = name;
    this.#destination = destination;
    this.#options = [
      ...(configFile === undefined ? [] : ["-F", configFile]),
      ...SETTINGS.flatMap((setting) => ["-o", setting]),
      ...["-o", `ControlPath=${join(connectionsFolder(), "%C")}`, "-T"],
    ];
  }

  async run(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<Answer> {
    const command = ["ssh", ...this.#options, "--", this.#destination, commandLine(argv)] as const;
    const answer = await runProcess(this.name, command, options);
    if (answer.code !== SSH_FAILED) return answer;
    throw unreachable(this.name, answer.stderr.trim().split("\n").at(-1) ?? "ssh failed");
  }
}

const SETTINGS = [
  "BatchMode=yes",
  "StrictHostKeyChecking=yes",
  "ConnectTimeout=4",
  "ServerAliveInterval=1",
  "ServerAliveCountMax=3",
  "ControlMaster=auto",
  `ControlPersist=${PERSIST_SECONDS}`,
  "ForwardAgent=no",
  "ForwardX11=no",
];

/** Where the shared connections' sockets are: short, since sockets' paths are limited, and nobody else's. */
function connectionsFolder(): string {
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `sluice-ssh-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = statSync(folder);
  if (owner === uid && (mode & 0o077) === 0) return folder;
  throw new SluiceError("refused", `${folder} is not this user's alone`, {
    hint: "remove it: sockets of ssh connections are kept there",
  });
}
