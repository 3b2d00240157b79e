import { readRepository } from "./event/repository.ts";
import type { Fault } from "./language/fault.ts";
import { folderOf, workflowFiles } from "./prepare.ts";
import { loadWorkflow } from "./workflow/load.ts";
import type { RepositoryMapping } from "./workflow/source-tree.ts";

export interface Linted {
  readonly files: readonly string[];
  readonly faults: readonly Fault[];
  /** What is used of repositories that are not on this machine. */
  readonly absent: readonly Fault[];
}

/**
 * Tells what GitHub would refuse in a repository's workflows and in the actions that they use, without running anything.
 * Repositories that are not on this machine are taken to be right.
 */
export async function lint(
  dir: string,
  workflow?: string,
  mappings: readonly RepositoryMapping[] = [],
): Promise<Linted> {
  const root = await folderOf(dir);
  const repository = await readRepository(root);
  const files = await workflowFiles(root, workflow);
  const tree = {
    root,
    repository: repository.fullName,
    ref: repository.branch,
    sha: repository.sha,
  };
  const read = files.map((file) => loadWorkflow(tree, file, mappings));
  return {
    files,
    faults: read.flatMap(({ faults }) => faults),
    absent: read.flatMap(({ absent }) => absent.map(({ fault }) => fault)),
  };
}
