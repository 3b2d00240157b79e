import { ask, type ContainerEngine } from "./engine.ts";
import { MARK } from "./left-behind.ts";

const VOLUME_LIMIT_MS = 60_000;

/**
 * Makes the named volumes that are not there yet, so that they are known to be ours: those go with the rehearsal, as they
 * would with GitHub's machine.
 */
export async function prepareVolumes(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  volumes: readonly string[],
): Promise<void> {
  const limits = { limitMs: VOLUME_LIMIT_MS };
  for (const name of volumes.map(nameIn)) {
    if (name === undefined) continue;
    const there = await ask(engine.path, ["volume", "inspect", name], env, limits);
    if (there.code === 0) continue;
    await ask(engine.path, ["volume", "create", "--label", MARK, name], env, limits);
  }
}

/** `name:/path`: neither a folder of this machine nor one without a name. */
function nameIn(volume: string): string | undefined {
  return /^([a-zA-Z0-9][\w.-]+):\//.exec(volume)?.[1];
}
