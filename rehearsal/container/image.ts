import { ask, type ContainerEngine } from "./engine.ts";

const LOOK_LIMIT_MS = 60_000;

/**
 * An image as GitHub's Docker understands it: a name without a registry is Docker Hub's, unless there is such an image here.
 * Podman would ask which registry is meant, or refuse.
 */
export async function imageFor(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  given: string,
): Promise<string> {
  const image = given.replace(/^docker:\/\//, "");
  if (engine.name === "docker" || registryIn(image) !== undefined) return image;
  const { code } = await ask(engine.path, ["image", "exists", image], env, {
    limitMs: LOOK_LIMIT_MS,
  });
  if (code === 0) return image;
  return `docker.io/${image.includes("/") ? image : `library/${image}`}`;
}

/** The part before the first slash, when it looks like a host. */
export function registryIn(image: string): string | undefined {
  const [first = "", ...rest] = image.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isHost ? first : undefined;
}
