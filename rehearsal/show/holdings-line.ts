import type { Holdings } from "../api/holdings.ts";

/** What GitHub holds after a run, a line each, for people. */
export function holdingsLines(holds: Holdings): string[] {
  const lines: string[] = [];
  for (const { environment, ref, states, url } of holds.deployments ?? [])
    lines.push(
      `deployment of ${ref} to ${environment}: ${states.join(" → ") || "no status"}${url ? ` at ${url}` : ""}`,
    );
  for (const release of holds.releases ?? []) {
    const kind = [release.draft ? "draft " : "", release.prerelease ? "pre-" : ""].join("");
    const assets = release.assets.map(({ name, size }) => `${name} (${size} bytes)`);
    lines.push(
      `${kind}release ${release.tag}${release.name && release.name !== release.tag ? ` "${release.name}"` : ""}: ${assets.join(", ") || "no assets"}`,
    );
  }
  for (const { name, status, conclusion, title } of holds.checkRuns ?? [])
    lines.push(`check ${name}: ${conclusion ?? status}${title ? `, ${title}` : ""}`);
  for (const { context, state, description } of holds.statuses ?? [])
    lines.push(`commit status ${context}: ${state}${description ? `, ${description}` : ""}`);
  for (const { tool, category, results, error } of holds.sarif ?? [])
    lines.push(
      error
        ? `SARIF refused: ${error}`
        : `SARIF of ${tool}${category ? ` (${category})` : ""}: ${results} results`,
    );
  for (const { predicateType, subjects } of holds.attestations ?? [])
    lines.push(`attestation ${predicateType} of ${subjects.join(", ")}`);
  for (const { number, title, state, labels, comments } of holds.issues ?? []) {
    const tags = labels.length > 0 ? ` [${labels.join(", ")}]` : "";
    lines.push(`issue #${number} ${title} (${state})${tags}: ${comments.length} comments`);
  }
  for (const { ref, sha } of holds.refs ?? [])
    lines.push(sha === null ? `${ref} was deleted` : `${ref} is at ${sha.slice(0, 7)}`);
  for (const { environment, state, by } of holds.reviews ?? [])
    lines.push(`${environment} was ${state} by ${by}`);
  for (const { kind, what, ref } of holds.triggers ?? [])
    lines.push(`${kind} of ${what}${ref ? ` at ${ref}` : ""} was asked for; it is not run here`);
  return lines;
}

/** What an API's status means for who asked. */
export function callText(call: {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}): string {
  const answer = call.status === 0 ? "no answer" : String(call.status);
  return `GitHub: ${call.method} ${call.path} → ${answer}`;
}
