import type { Issue } from "./held.ts";
import type { Hub } from "./hub.ts";

/** What GitHub holds after a run, as short as a person wants it; a part without anything is left out. */
export interface Holdings {
  readonly deployments?: readonly {
    readonly environment: string;
    readonly ref: string;
    readonly task: string;
    readonly states: readonly string[];
    readonly url: string;
  }[];
  readonly releases?: readonly {
    readonly tag: string;
    readonly name: string;
    readonly draft: boolean;
    readonly prerelease: boolean;
    readonly text: string;
    readonly assets: readonly {
      readonly name: string;
      readonly size: number;
      readonly digest: string;
    }[];
  }[];
  readonly checkRuns?: readonly {
    readonly name: string;
    readonly status: string;
    readonly conclusion: string | null;
    readonly title: string | null;
  }[];
  readonly statuses?: readonly {
    readonly context: string;
    readonly state: string;
    readonly description: string | null;
  }[];
  readonly sarif?: readonly {
    readonly tool: string;
    readonly category: string;
    readonly results: number;
    readonly error: string;
  }[];
  readonly attestations?: readonly {
    readonly predicateType: string;
    readonly subjects: readonly string[];
  }[];
  readonly issues?: readonly {
    readonly number: number;
    readonly title: string;
    readonly state: string;
    readonly labels: readonly string[];
    readonly comments: readonly string[];
  }[];
  readonly refs?: readonly { readonly ref: string; readonly sha: string | null }[];
  readonly reviews?: readonly {
    readonly environment: string;
    readonly state: string;
    readonly by: string;
  }[];
  readonly triggers?: readonly {
    readonly kind: string;
    readonly what: string;
    readonly ref: string;
  }[];
}

export function holdingsOf(hub: Hub): Holdings {
  const all: Holdings = {
    deployments: hub.deployments.all().map(({ environment, ref, task, statuses }) => ({
      environment,
      ref,
      task,
      states: statuses.map(({ state }) => state),
      url: statuses.findLast(({ environmentUrl }) => environmentUrl !== "")?.environmentUrl ?? "",
    })),
    releases: hub.releases.all().map(({ tag, name, draft, prerelease, text, assets }) => ({
      tag,
      name,
      draft,
      prerelease,
      text,
      assets: assets.map((asset) => ({ name: asset.name, size: asset.size, digest: asset.digest })),
    })),
    checkRuns: hub.checkRuns
      .all()
      .map(({ name, status, conclusion, title }) => ({ name, status, conclusion, title })),
    statuses: hub.statuses
      .all()
      .map(({ context, state, description }) => ({ context, state, description })),
    sarif: hub.analyses
      .all()
      .map(({ tool, category, results, error }) => ({ tool, category, results, error })),
    attestations: hub.attestations
      .all()
      .map(({ predicateType, subjectDigests }) => ({ predicateType, subjects: subjectDigests })),
    // An issue that only the event brought along, and nobody touched, is no news.
    issues: hub.issues
      .all()
      .filter((issue) => !untouched(issue))
      .map(({ number, title, state, labels, comments }) => ({
        number,
        title,
        state,
        labels,
        comments: comments.map(({ body }) => body),
      })),
    refs: [...hub.refs].map(([ref, sha]) => ({ ref, sha })),
    reviews: hub.reviews.map(({ environment, state, by }) => ({ environment, state, by })),
    triggers: hub.triggers.map(({ kind, what, ref }) => ({ kind, what, ref })),
  };
  return Object.fromEntries(Object.entries(all).filter(([, part]) => part.length > 0));
}

function untouched(issue: Issue): boolean {
  return (
    issue.fromEvent && issue.state === "open" && issue.comments.length + issue.labels.length === 0
  );
}
