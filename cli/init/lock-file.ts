import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Answers } from "./answers.ts";

/** What pins dependencies, so that a scan for known vulnerabilities has something to look at. */
const LOCK_FILES = [
  ...["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"],
  ...["requirements.txt", "poetry.lock", "Pipfile.lock", "uv.lock"],
  ...["go.mod", "Cargo.lock", "Gemfile.lock", "composer.lock", "pom.xml"],
] as const;

/** Whether one of them is among what is packed. */
export function hasLockFile(folder: string): boolean {
  return LOCK_FILES.some((file) => existsSync(join(folder, file)));
}

/** The lines that the candidate step needs where nothing pins dependencies yet: such a scan must not pass by itself. */
export function coverage({ isPinned }: Pick<Answers, "isPinned">): string {
  if (isPinned) return "";
  return `          # No lock file is packed, so no dependency can be looked up. Take this line out once there is one.
          must-cover: secret
`;
}
