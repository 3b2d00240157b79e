import type { RepositoryMapping, SourceTree } from "./source-tree.ts";

/** Where a `uses:` points. */
export type Reference =
  /** A folder or file in a tree that is at hand before the job starts. */
  | { readonly kind: "tree"; readonly tree: SourceTree; readonly path: string }
  /** A folder in the job's workspace: it must have been checked out. */
  | { readonly kind: "workspace"; readonly path: string }
  | { readonly kind: "docker"; readonly image: string }
  | {
      readonly kind: "remote";
      readonly repository: string;
      readonly path: string;
      readonly ref: string;
    }
  | { readonly kind: "malformed"; readonly reason: string };

const REMOTE = /^([\w.-]+\/[\w.-]+)(\/[^@]*)?@(.+)$/;

/** Reads a step's `uses:`. */
export function stepReference(
  uses: string,
  from: SourceTree,
  mappings: readonly RepositoryMapping[],
): Reference {
  if (uses.startsWith("./") || uses === ".") return { kind: "workspace", path: uses };
  if (uses.startsWith("docker://"))
    return { kind: "docker", image: uses.slice("docker://".length) };
  return treeReference(uses, from, mappings);
}

/** Reads a job's `uses:`: there `./` is the tree of the workflow that says it. */
export function workflowReference(
  uses: string,
  from: SourceTree,
  mappings: readonly RepositoryMapping[],
): Reference {
  const reference = uses.startsWith("./")
    ? treeReference(`$/${uses.slice(2)}`, from, mappings)
    : treeReference(uses, from, mappings);
  const path = "path" in reference ? reference.path : "";
  if (reference.kind === "malformed" || isWorkflowPath(path)) return reference;
  return {
    kind: "malformed",
    reason: `'${uses}' is no reusable workflow; a file directly in .github/workflows that ends in .yml or .yaml is accepted`,
  };
}

function isWorkflowPath(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

function treeReference(
  uses: string,
  from: SourceTree,
  mappings: readonly RepositoryMapping[],
): Reference {
  if (uses.startsWith("$/")) {
    const path = uses.slice(2).replace(/\/+$/, "");
    if (path.split("/").includes("..")) {
      return { kind: "malformed", reason: `'${uses}' leaves its repository` };
    }
    return { kind: "tree", tree: from, path };
  }
  const match = REMOTE.exec(uses);
  const [, repository, rest, ref] = match ?? [];
  if (repository === undefined || ref === undefined) {
    return {
      kind: "malformed",
      reason: `'${uses}' can't be resolved; accepted: owner/repo@ref, owner/repo/path@ref, $/path, ./path, docker://image`,
    };
  }
  const path = (rest ?? "").replace(/^\/+|\/+$/g, "");
  if (path.split("/").includes("..")) {
    return { kind: "malformed", reason: `'${uses}' leaves its repository` };
  }
  const mapping = mappingFor(mappings, repository, ref);
  if (!mapping) return { kind: "remote", repository, path, ref };
  const tree = { root: mapping.path, repository, ref, sha: ref };
  return { kind: "tree", tree, path };
}

function mappingFor(
  mappings: readonly RepositoryMapping[],
  repository: string,
  ref: string,
): RepositoryMapping | undefined {
  const same = mappings.filter(
    (mapping) => mapping.repository.toLowerCase() === repository.toLowerCase(),
  );
  return (
    same.find((mapping) => mapping.ref === ref) ?? same.find((mapping) => mapping.ref === undefined)
  );
}
