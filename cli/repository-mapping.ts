import { InvalidArgumentError } from "commander";
import type { RepositoryMapping } from "../rehearsal/workflow/source-tree.ts";

/** `--repo owner/repo@ref=path`, as often as it is given. */
export function readMapping(text: string, known: RepositoryMapping[]): RepositoryMapping[] {
  const match = /^([\w.-]+\/[\w.-]+)(?:@([^=]+))?=(.+)$/.exec(text);
  const [, repository, ref, path] = match ?? [];
  if (repository === undefined || path === undefined) {
    throw new InvalidArgumentError(`'${text}' is given; owner/repo@ref=path is accepted.`);
  }
  return [...known, { repository, ref, path }];
}
