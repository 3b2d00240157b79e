import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import { isMap, toText, type Value } from "../language/value.ts";
import { ask, type ContainerEngine } from "./engine.ts";
import { registryIn } from "./image.ts";

const LOGIN_LIMIT_MS = 60_000;
const PULL_LIMIT_MS = 30 * 60_000;

/**
 * Pulls an image with the `credentials:` of its container, if it has any. They are known to the engine for this pull alone,
 * in a folder that is gone right after, as on GitHub's runners: who is logged in on this machine stays so.
 */
export async function pullWithCredentials(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  image: string,
  credentials: Value,
  signal: AbortSignal,
): Promise<void> {
  const field = (name: string): string =>
    toText(isMap(credentials) ? (credentials[name] ?? "") : "");
  const [username, password] = [field("username"), field("password")];
  if (username === "" || password === "") return;
  const folder = await mkdtemp(join(tmpdir(), "sluice-login-"));
  // Docker looks for the one, podman for the other.
  const own = { ...env, DOCKER_CONFIG: folder, REGISTRY_AUTH_FILE: join(folder, "config.json") };
  try {
    const registry = registryIn(image) ?? "docker.io";
    const login = ["login", "--username", username, "--password-stdin", registry];
    const given = { limitMs: LOGIN_LIMIT_MS, input: password, signal };
    const { code, err } = await ask(engine.path, login, own, given);
    if (code !== 0) throw refused(`${engine.name} login for '${registry}' failed`, err);
    const pull = await ask(engine.path, ["pull", "--quiet", image], own, {
      limitMs: PULL_LIMIT_MS,
      signal,
    });
    if (pull.code !== 0) throw refused(`${image} could not be pulled`, pull.err);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refused(what: string, said: string): SluiceError {
  return new SluiceError("refused", `${what}: ${said.trim().split("\n").at(-1) ?? ""}`, {
    hint: "Look at the container's credentials, and at the secrets that they come from.",
  });
}
