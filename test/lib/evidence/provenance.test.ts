import { describe, expect, test } from "vitest";
import type { Candidate } from "../../../lib/evidence/candidate.ts";
import { provenanceOf } from "../../../lib/evidence/provenance.ts";
import { Statement, subjectsOf } from "../../../lib/evidence/statement.ts";
import type { Digest } from "../../../lib/units/digest.ts";

const digest = `sha256:${"0f".repeat(32)}` as Digest;
const commit = "89".repeat(20);
const candidate: Candidate = {
  name: "engine",
  version: "1.2.3",
  commit,
  artifacts: [{ kind: "archive", uri: "out/engine.tar.gz", digest, size: 10 }],
};
const env = {
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "octo/engine",
  GITHUB_REF: "refs/tags/v1.2.3",
  GITHUB_WORKFLOW_REF: "octo/engine/.github/workflows/release.yml@refs/tags/v1.2.3",
  GITHUB_RUN_ID: "42",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_EVENT_NAME: "push",
};

describe("the provenance of a candidate", () => {
  test("is a statement about its bytes that names workflow, run and commit", () => {
    const statement = provenanceOf(candidate, env);
    expect(Statement.parse(statement)).toEqual(statement);
    expect(subjectsOf(statement)).toEqual([digest]);
    expect(statement.predicate).toMatchObject({
      buildDefinition: {
        externalParameters: {
          workflow: {
            ref: "refs/tags/v1.2.3",
            repository: "https://github.com/octo/engine",
            path: ".github/workflows/release.yml",
          },
        },
        resolvedDependencies: [
          {
            uri: "git+https://github.com/octo/engine@refs/tags/v1.2.3",
            digest: { gitCommit: commit },
          },
        ],
      },
      runDetails: {
        builder: {
          id: "https://github.com/octo/engine/.github/workflows/release.yml@refs/tags/v1.2.3",
        },
        metadata: { invocationId: "https://github.com/octo/engine/actions/runs/42/attempts/2" },
      },
    });
  });

  test("outside a workflow claims no builder but this machine", () => {
    const { predicate } = provenanceOf(candidate, {});
    expect(predicate).toMatchObject({
      buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: commit } }] },
      runDetails: { builder: { id: "urn:sluice:local" } },
    });
  });
});
