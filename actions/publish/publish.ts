import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { inlineText, workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import { notesAt } from "../../lib/notes/git-log.ts";
import type { PublishContext, PublishOutputs } from "./action.ts";
import { attachments, listed } from "./attachment.ts";
import { type Releases, releasesOf } from "./releases.ts";

/** Refuses what is released already; in mode `publish`, makes a draft, attaches all, and only then publishes it. */
export async function publish(context: PublishContext): Promise<PublishOutputs> {
  const { inputs, outputs, log, summary, env } = context;
  const { tag, commit } = inputs;
  const releases = releasesOf(context);
  await mustBeNew(releases, tag);
  await mustBeTagged(releases, tag, commit);
  if (inputs.mode === "check") {
    const reason = `${tag} was not released before`;
    log.info(reason);
    return { gate: { name: "publish", outcome: "passed", reason } };
  }
  const workspace = workspaceFolder(env);
  // The notes of an earlier attempt may lie among the files, and are about to be written anew.
  const found = await attachments(inputs.files ?? [], workspace);
  const files = found.filter(({ path }) => path !== inputs.notes);
  const notes = `${await notesAt(inputs.path, commit, tag)}${listed(files)}`;
  await mkdir(dirname(inputs.notes), { recursive: true });
  await writeFile(inputs.notes, notes);
  outputs.set({ notes: relative(workspace, inputs.notes) });
  await releases.clearDrafts(tag);
  const draft = await releases.draft({ tag, commit, notes });
  try {
    for (const file of files) await releases.attach(draft, file);
    const url = await releases.publish(draft);
    const reason = `${tag} is released, with ${files.length} files`;
    log.info(`${reason}: ${url}`);
    summary.heading(`📦 ${inlineText(tag)}`).markdown(`${inlineText(reason)}: ${url}`);
    return {
      gate: { name: "publish", outcome: "passed", reason },
      url,
      notes: relative(workspace, inputs.notes),
    };
  } catch (error) {
    await releases.discard(draft).catch(() => log.warning(`the draft of ${tag} is still there`));
    throw error;
  }
}

async function mustBeNew(releases: Releases, tag: string): Promise<void> {
  const there = await releases.published(tag);
  if (there === undefined) return;
  throw new SluiceError("refused", `${tag} is released already: ${there}`, {
    hint: "a version is released once; what changed gets a new one",
  });
}

/** A release shows what its tag names, and GitHub leaves a tag where it is: it must not name other code than was built. */
async function mustBeTagged(releases: Releases, tag: string, commit: string): Promise<void> {
  const tagged = await releases.commitAt(`tags/${tag}`);
  if (tagged === undefined || tagged === (await releases.commitAt(commit))) return;
  throw new SluiceError("refused", `the tag ${tag} is at ${tagged}, and ${commit} was built`, {
    hint: "release from the tag itself, or another version; a tag that was moved meanwhile is not to be trusted",
  });
}
