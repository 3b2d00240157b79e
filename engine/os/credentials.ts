import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../refusal.ts";

type Env = Record<string, string | undefined>;

/**
 * Settings out of the folder in which systemd lays a unit's credentials, beside those of the environment: a file `JWT_SECRET`
 * is the variable of that name. Whoever may read the process's environment does not see them.
 */
export function withCredentials(env: Env): Env {
  const folder = env.CREDENTIALS_DIRECTORY;
  if (!folder) return env;
  try {
    const names = readdirSync(folder).filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name));
    const twice = names.find((name) => env[name]);
    if (twice !== undefined) throw givenTwice(twice);
    const read = (name: string) => [name, readFileSync(join(folder, name), "utf8").trimEnd()];
    return { ...env, ...Object.fromEntries(names.map(read)) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `the credentials in ${folder} can't be read`,
      "look at the unit's LoadCredential=",
      error,
    );
  }
}

/** Which one is meant nobody can know, and the wrong one would let somebody in. */
function givenTwice(name: string): Refusal {
  return new Refusal(`${name} is given as a variable and as a credential`, "take one of them away");
}
