import { ask, type ContainerEngine } from "./engine.ts";

const REMOVE_LIMIT_MS = 2 * 60_000;

/** Removes containers with what they kept, without the ten seconds that podman would give them to end by themselves. */
export async function removeContainers(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const limits = { limitMs: REMOVE_LIMIT_MS };
  await ask(engine.path, ["kill", ...names], env, limits); // those that have ended already can't be
  await ask(engine.path, ["rm", "--force", "--volumes", ...names], env, limits);
}
