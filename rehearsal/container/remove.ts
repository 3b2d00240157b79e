import { ask, type ContainerEngine } from "./engine.ts";
import { VOLUMES_OF } from "./left-behind.ts";

const REMOVE_LIMIT_MS = 2 * 60_000;
const UNNAMED = /^[0-9a-f]{64}$/;

/** Removes containers with what they kept, without the ten seconds that podman would give them to end by themselves. */
export async function removeContainers(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const limits = { limitMs: REMOVE_LIMIT_MS };
  const { out } = await ask(
    engine.path,
    ["container", "inspect", VOLUMES_OF, ...names],
    env,
    limits,
  );
  await ask(engine.path, ["kill", ...names], env, limits); // those that have ended already can't be
  await ask(engine.path, ["rm", "--force", "--volumes", ...names], env, limits);
  const volumes = out.split("\n").filter((line) => UNNAMED.test(line));
  // Without force, which would take a container that uses them as well.
  if (volumes.length > 0) await ask(engine.path, ["volume", "rm", ...volumes], env, limits);
}
