import { commitAt, git } from "../git/source.ts";
import type { Hub } from "../hub.ts";

/** What changed since the tag before: GitHub lists pull requests; here it is commits, since nobody knows those. */
export async function releaseNotes(
  hub: Hub,
  tag: string,
  target: string,
  since: string | undefined,
): Promise<{ name: string; body: string }> {
  const end = (await commitAt(hub, tag)) ?? (await commitAt(hub, target)) ?? hub.facts.sha;
  const before =
    since ?? (await git(hub, "describe", "--tags", "--abbrev=0", "--exclude", tag, end))?.trim();
  const range = before ? [`${before}..${end}`] : [end];
  const log =
    (await git(hub, "log", "--no-merges", "--max-count=250", "--format=* %s by %an", ...range)) ??
    "";
  const link = before ? hub.pageUrl(`/compare/${before}...${tag}`) : hub.pageUrl(`/commits/${tag}`);
  return { name: tag, body: `## What's Changed\n${log.trim()}\n\n**Full Changelog**: ${link}` };
}
