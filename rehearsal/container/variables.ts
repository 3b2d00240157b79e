/** What an engine reads for itself: a container's value of it must not become the engine's. */
const OF_THE_ENGINE =
  /^(PATH|HOME|USER|TMPDIR|SHELL|XDG_\w+|DBUS_\w+|LD_\w+|DOCKER_\w+|BUILDKIT_\w+|PODMAN_\w+|CONTAINERS?_\w+|STORAGE_\w+|REGISTRY_\w+|SSL_\w+|(HTTPS?|NO|ALL)_PROXY)$/i;

/** How variables reach a container. */
export interface Passed {
  /** Options of `run` and `exec`. */
  readonly args: readonly string[];
  /** What the engine has to be run with. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * By name alone, so that values do not show in the list of processes. Only those by which the engine finds its own
 * things are told with their values, and the engine keeps its own.
 */
export function passed(
  variables: Iterable<readonly [string, string]>,
  own: NodeJS.ProcessEnv,
): Passed {
  const args: string[] = [];
  const env = { ...own };
  for (const [name, value] of variables) {
    if (OF_THE_ENGINE.test(name)) {
      args.push(`--env=${name}=${value}`);
    } else {
      args.push(`--env=${name}`);
      env[name] = value;
    }
  }
  return { args, env };
}
