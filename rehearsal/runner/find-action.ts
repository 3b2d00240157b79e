import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import { type StandIn, standInFor } from "../stand-in/stand-in.ts";
import { findActionFile, readAction } from "../workflow/action.ts";
import { stepReference } from "../workflow/reference.ts";
import type { FoundAction, Frame, RunningJob } from "./running-job.ts";

export type Found =
  | { readonly kind: "action"; readonly action: FoundAction }
  | { readonly kind: "container"; readonly image: string }
  | { readonly kind: "stand-in"; readonly standIn: StandIn };

/** Finds what a step `uses`. Throws a SluiceError that names it. */
export function findAction(job: RunningJob, frame: Frame, uses: string): Found {
  const reference = stepReference(uses, frame.tree, job.mappings);
  switch (reference.kind) {
    case "malformed":
      throw new SluiceError("invalid-workflow", reference.reason);
    case "docker":
      return { kind: "container", image: reference.image };
    case "remote": {
      const standIn = standInFor(reference.repository, reference.path);
      if (standIn) return { kind: "stand-in", standIn };
      const { repository, ref } = reference;
      throw new SluiceError("refused", `'${uses}' is not on this machine`, {
        hint: `Add --repo ${repository}@${ref}=<path of a checkout of ${repository}>.`,
      });
    }
    case "tree": {
      const folder = join(reference.tree.root, reference.path);
      const own = reference.tree === frame.tree && uses.startsWith("$/");
      const repository = own
        ? String(frame.github.action_repository ?? "")
        : reference.tree.repository;
      const ref = own ? String(frame.github.action_ref ?? "") : reference.tree.ref;
      return {
        kind: "action",
        action: { ...load(folder, uses, uses), tree: reference.tree, repository, ref },
      };
    }
    case "workspace": {
      const folder = resolve(job.folders.workspace, reference.path);
      const shown = relative(job.folders.workspace, folder) || ".";
      if (!existsSync(folder) || !findActionFile(folder)) {
        throw new SluiceError(
          "invalid-workflow",
          `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${uses}' in the workspace. Did you forget to run actions/checkout before running your local action?`,
          {
            hint: "A step's ./path is looked for in what the job checked out; $/path needs no checkout.",
          },
        );
      }
      return {
        kind: "action",
        action: { ...load(folder, shown, uses), tree: frame.tree, repository: "", ref: "" },
      };
    }
  }
}

function load(folder: string, shown: string, uses: string): Pick<FoundAction, "definition"> {
  const path = findActionFile(folder);
  if (!path) {
    throw new SluiceError(
      "invalid-workflow",
      `Can't find 'action.yml' or 'action.yaml' for '${uses}'`,
    );
  }
  return { definition: readAction(path, folder, join(shown, path.slice(folder.length + 1))) };
}
