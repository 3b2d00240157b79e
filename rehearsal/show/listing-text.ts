import type { ListedJob, Listing, Outlook } from "./listing.ts";

const SIGN: { readonly [runs in Outlook["runs"]]: string } = {
  yes: "✓",
  "after success": "✓",
  "after failure": "!",
  unknown: "?",
  no: "-",
};
const WORDS: { readonly [runs in Outlook["runs"]]: string } = {
  yes: "runs",
  "after success": "runs when all before it succeeded",
  "after failure": "runs only after a failure",
  unknown: "known later",
  no: "does not run",
};

/** The listing for a terminal. */
export function listingText(listing: Listing): string {
  const lines = [`${listing.event} on ${listing.ref}`];
  for (const { file, runs, why, jobs } of listing.workflows) {
    lines.push("", runs === "yes" ? file : `${file}: does not run (${why})`);
    for (const job of jobs) lines.push(...jobLines(job, "  "));
  }
  return lines.join("\n");
}

function jobLines(job: ListedJob, indent: string): string[] {
  return [
    `${indent}${SIGN[job.runs]} ${job.job}: ${WORDS[job.runs]}${reason(job)}`,
    ...job.steps.map((step) => {
      const where = step.action ? ` [${step.action}]` : "";
      return `${indent}    ${SIGN[step.runs]} ${shortened(step.name)}${where}: ${WORDS[step.runs]}${reason(step)}`;
    }),
    ...job.jobs.flatMap((inner) => jobLines(inner, `${indent}    `)),
  ];
}

function reason({ why }: Outlook): string {
  return why === "" ? "" : ` (${why})`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
