import type { Answers } from "./answers.ts";

/** release.yml: build once, hand over to Sluice's cd.yml, keep the record. */
export function releaseWorkflow(answers: Answers, pin: (action: string) => string): string {
  const { name, path, command, environment, runsOn, library } = answers;
  const at = (what: string): string => `${library.repository}/${what}@${library.ref}`;
  return `# Lets a pushed tag of ${name} through, gate by gate: build, place, approve, promote on evidence, record.
#
# What it may do: read this repository, and ask for the approval of the environment. Rehearse it before you push: environments/README.md.
name: release

on:
  push:
    tags: ["v*"]

permissions: {}

concurrency: release-${environment}

jobs:
  build:
    name: build
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    outputs:
      candidate: \${{ steps.build.outputs.candidate }}
      gate: \${{ steps.build.outputs.gate }}
    steps:
      - name: Check out the tag
        uses: ${pin("actions/checkout")}
        with:
          persist-credentials: false
      - name: Use Node.js 24
        uses: ${pin("actions/setup-node")}
        with:
          node-version: 24
          # What is released must not depend on what another run left in a cache.
          package-manager-cache: false
      - name: Build the archive
        id: build
        uses: ${at("actions/build")}
        with:
          name: ${name}
          command: "${command}"
          path: ${path}
          output: out/${name}.tar.gz
      - name: Hand the archive over
        uses: ${pin("actions/upload-artifact")}
        with:
          name: candidate
          path: out/${name}.tar.gz
          if-no-files-found: error

  cd:
    name: cd
    needs: build
    permissions:
      contents: read
    uses: ${at(".github/workflows/cd.yml")}
    with:
      environment: ${environment}
      # The variable lets a rehearsal have steps of seconds.
      environment-file: \${{ vars.SLUICE_ENVIRONMENT_FILE || 'environments/${environment}.yaml' }}
      candidate: \${{ needs.build.outputs.candidate }}
      runs-on: ${runsOn}

  record:
    name: record
    needs: [build, cd]
    if: \${{ always() }}
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - name: Fetch the rollout's trace
        uses: ${pin("actions/download-artifact")}
        with:
          pattern: rollout-trace
          merge-multiple: true
          path: trace
      - name: Write the release record
        uses: ${at("actions/report")}
        with:
          needs: \${{ toJSON(needs) }}
          trace: trace/rollout-trace.jsonl
          record: out/record.json
          page: out/report.html
      - name: Keep the record
        if: \${{ always() }}
        uses: ${pin("actions/upload-artifact")}
        with:
          name: record
          path: out
`;
}

/** rollback.yml: an earlier release back to all traffic, by hand. */
export function rollbackWorkflow({ name, environment, runsOn, library }: Answers): string {
  return `# Takes an earlier release of ${name} back to all traffic, by hand.
#
# What it may do: read this repository, and ask for the approval of the environment.
name: rollback

on:
  workflow_dispatch:
    inputs:
      version:
        description: "previous, stable (end the rollout in hand), or a version that is still present"
        type: string
        default: previous
      reason:
        description: Why, for the record
        type: string
        required: true

permissions: {}

jobs:
  rollback:
    name: rollback
    permissions:
      contents: read
    uses: ${library.repository}/.github/workflows/rollback.yml@${library.ref}
    with:
      environment: ${environment}
      environment-file: \${{ vars.SLUICE_ENVIRONMENT_FILE || 'environments/${environment}.yaml' }}
      version: \${{ inputs.version }}
      reason: \${{ inputs.reason }}
      runs-on: ${runsOn}
`;
}
