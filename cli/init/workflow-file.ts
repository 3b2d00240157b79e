import type { Answers } from "./answers.ts";
import { coverage } from "./lock-file.ts";

/** How the head of each file says what it is for. */
const REHEARSE = "Rehearse it before you push: environments/README.md.";

/**
 * cd.yml: the gates, once, for every environment: build, scan, sign, place, load, approve, promote on evidence, record.
 * A push to the branch goes to staging by itself; release.yml calls it for production.
 */
export function cdWorkflow(answers: Answers, pin: (action: string) => string): string {
  const { name, path, command, environment, runsOn, branch, library } = answers;
  const at = (what: string): string => `${library.repository}/${what}@${library.ref}`;
  return `# Lets one commit of ${name} through, gate by gate: build, scan, sign, place, load, approve, promote on evidence, record.
# A push to ${branch} goes to staging by itself; release.yml calls this file for ${environment}.
#
# What it may do: read this repository, ask for the approval of the environment, and sign in the name of this file
# (\`id-token: write\`), unless there is a secret COSIGN_PRIVATE_KEY. ${REHEARSE}
name: cd

on:
  push:
    branches: [${branch}]
  workflow_call:
    inputs:
      environment:
        description: Where to
        type: string
        required: true
    secrets:
      COSIGN_PRIVATE_KEY:
        required: false
      COSIGN_PASSWORD:
        required: false

permissions: {}

# Releases to one environment wait for each other; none is cancelled half way.
concurrency:
  group: cd-\${{ inputs.environment || 'staging' }}
  cancel-in-progress: false

jobs:
  candidate:
    name: candidate
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
      id-token: write # to sign in the name of this workflow
    outputs:
      candidate: \${{ steps.candidate.outputs.candidate }}
      gate-build: \${{ steps.candidate.outputs.gate-build }}
      gate-trivy-scan: \${{ steps.candidate.outputs.gate-trivy-scan }}
      gate-cosign-sign: \${{ steps.candidate.outputs.gate-cosign-sign }}
    steps:
      - name: Check out
        uses: ${pin("actions/checkout")}
        with:
          persist-credentials: false
${setup(answers, pin)}      - name: Build, scan and sign the archive
        id: candidate
        uses: ${at("actions/candidate")}
        env:
          COSIGN_PRIVATE_KEY: \${{ secrets.COSIGN_PRIVATE_KEY }}
          COSIGN_PASSWORD: \${{ secrets.COSIGN_PASSWORD }}
        with:
          name: ${name}
          version: \${{ github.ref_type == 'tag' && github.ref_name || format('0.0.0-${branch.replaceAll("/", "-")}.{0}', github.run_number) }}
          command: "${command}"
          path: ${path}
          output: out/${name}.tar.gz
${coverage(answers)}          # The variables let a rehearsal sign with a key of its own and need no network; on GitHub nothing sets them.
          key: \${{ secrets.COSIGN_PRIVATE_KEY && 'env://COSIGN_PRIVATE_KEY' || '' }}
          transparency-log: \${{ vars.SLUICE_TRANSPARENCY_LOG || 'true' }}
          cache-dir: \${{ vars.SLUICE_TRIVY_CACHE || '.cache/trivy' }}
          skip-db-update: \${{ vars.SLUICE_TRIVY_CACHE != '' }}
      - name: Hand the archive over
        uses: ${pin("actions/upload-artifact")}
        with:
          name: candidate
          overwrite: true # a job that is run again has made it before
          path: |
            out/${name}.tar.gz
            out/${name}.tar.gz.*
          if-no-files-found: error

  cd:
    name: cd
    needs: candidate
    permissions:
      contents: read
    uses: ${at(".github/workflows/cd.yml")}
    with:
      environment: \${{ inputs.environment || 'staging' }}
      environment-file: \${{ vars.SLUICE_ENVIRONMENT_FILE || format('environments/{0}.yaml', inputs.environment || 'staging') }}
      candidate: \${{ needs.candidate.outputs.candidate }}
      load-script: load/requests.js
      load-settings: \${{ vars.SLUICE_LOAD || '{}' }}
      runs-on: ${runsOn}

  record:
    name: record
    needs: [candidate, cd]
    if: \${{ always() }}
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
      id-token: write # to sign the record in the name of this workflow
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
      - name: Sign the record
        uses: ${at("actions/cosign-sign")}
        env:
          COSIGN_PRIVATE_KEY: \${{ secrets.COSIGN_PRIVATE_KEY }}
          COSIGN_PASSWORD: \${{ secrets.COSIGN_PASSWORD }}
        with:
          subject-path: out/record.json
          key: \${{ secrets.COSIGN_PRIVATE_KEY && 'env://COSIGN_PRIVATE_KEY' || '' }}
          transparency-log: \${{ vars.SLUICE_TRANSPARENCY_LOG || 'true' }}
      - name: Keep the record
        if: \${{ always() }}
        uses: ${pin("actions/upload-artifact")}
        with:
          name: record
          overwrite: true # a job that is run again has made it before
          path: out
`;
}

/** What the build command needs on GitHub's runner, if it is one of npm's. */
function setup({ command }: Answers, pin: (action: string) => string): string {
  if (!/(^|[\s;&])(npm|npx|node)\s/.test(`${command} `)) return "";
  return `      - name: Use Node.js 24
        uses: ${pin("actions/setup-node")}
        with:
          node-version: 24
          # What is released must not depend on what another run left in a cache.
          package-manager-cache: false
`;
}

/** release.yml: a pushed version tag goes through cd.yml to production. */
export function releaseWorkflow({ name, environment }: Answers): string {
  return `# Lets a pushed version tag of ${name} through to ${environment}, by the gates of cd.yml.
#
# What it may do: what cd.yml may, and nothing more. ${REHEARSE}
name: release

on:
  push:
    tags: ["v[0-9]+.[0-9]+.[0-9]+*"]

permissions: {}

concurrency:
  group: release-${environment}
  cancel-in-progress: false

jobs:
  release:
    name: release
    permissions:
      contents: read
      id-token: write # cd.yml signs in its own name
    uses: ./.github/workflows/cd.yml
    with:
      environment: ${environment}
    secrets:
      COSIGN_PRIVATE_KEY: \${{ secrets.COSIGN_PRIVATE_KEY }}
      COSIGN_PASSWORD: \${{ secrets.COSIGN_PASSWORD }}
`;
}

/** rollback.yml: an earlier release back to all traffic, by hand. */
export function rollbackWorkflow(answers: Answers): string {
  const { name, environment, runsOn, library } = answers;
  return `# Takes an earlier release of ${name} back to all traffic, by hand.
#
# What it may do: read this repository, and ask for the approval of the environment.
name: rollback

on:
  workflow_dispatch:
    inputs:
      environment:
        description: Where
        type: choice
        options: [${environment}, staging]
        default: ${environment}
      version:
        description: "previous, stable (end the rollout in hand), or a version that served before and is still present"
        type: string
        default: previous
      reason:
        description: Why, for the record
        type: string
        required: true

permissions: {}

concurrency:
  group: take-back-\${{ inputs.environment }}
  cancel-in-progress: false

jobs:
  rollback:
    name: rollback
    permissions:
      contents: read
    uses: ${library.repository}/.github/workflows/rollback.yml@${library.ref}
    with:
      environment: \${{ inputs.environment }}
      environment-file: \${{ vars.SLUICE_ENVIRONMENT_FILE || format('environments/{0}.yaml', inputs.environment) }}
      version: \${{ inputs.version }}
      reason: \${{ inputs.reason }}
      runs-on: ${runsOn}
`;
}
