import type { Route } from "./call.ts";
import { attestations } from "./check/attestations.ts";
import { checkRuns } from "./check/check-runs.ts";
import { codeScanning } from "./check/code-scanning.ts";
import { commitStatuses } from "./check/commit-status.ts";
import { deployments } from "./deployment/deployments.ts";
import { environments } from "./deployment/environments.ts";
import { contents } from "./git/contents.ts";
import { refs } from "./git/refs.ts";
import { repository } from "./git/repository.ts";
import { graphql } from "./graphql/graphql.ts";
import { issues } from "./issue/issues.ts";
import { releaseAssets } from "./release/release-assets.ts";
import { releases } from "./release/releases.ts";
import { runs } from "./run/runs.ts";

/** Earlier ones win: what is named comes before what is a parameter. */
const ROUTES: readonly Route[] = [
  deployments,
  environments,
  runs,
  releaseAssets,
  releases,
  checkRuns,
  commitStatuses,
  codeScanning,
  attestations,
  issues,
  refs,
  contents,
  repository,
  graphql,
].flat();

const COMPILED = ROUTES.map((route) => ({ route, pattern: compile(route.pattern) }));

export interface Found {
  readonly route: Route;
  readonly params: { readonly [name: string]: string };
}

/** The route for a request; undefined when this GitHub has none. */
export function findRoute(method: string, path: string): Found | undefined {
  for (const { route, pattern } of COMPILED) {
    if (route.method !== method) continue;
    const match = pattern.exec(path);
    if (match) return { route, params: decoded(match.groups ?? {}) };
  }
  return undefined;
}

function compile(pattern: string): RegExp {
  const whole = pattern.startsWith("/") ? pattern : `/repos/{owner}/{repo}/${pattern}`;
  const source = whole
    .split(/(\{\w+\*?\})/)
    .map((part) => {
      const name = /^\{(\w+)(\*?)\}$/.exec(part);
      if (!name) return part.replace(/[.\\+?^$()[\]]/g, "\\$&");
      return name[2] === "*" ? `(?<${name[1]}>.+?)` : `(?<${name[1]}>[^/]+)`;
    })
    .join("");
  return new RegExp(`^${source}/?$`);
}

function decoded(groups: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
