import { type Case, job, says, syntax } from "../case.ts";

const REUSE = "https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows";

/** Reusable workflows. */
export const calls: readonly Case[] = [
  {
    says: "a job with `if: failure()` runs when a called workflow failed",
    documented: syntax("jobsjob_idif"),
    files: {
      "test.yml": `on: push\njobs:\n  call: { uses: ./.github/workflows/called.yml }\n  rescue: ${job(`needs: call, if: failure(), ${says("rescued")}`)}\n`,
      "called.yml": `on: workflow_call\njobs:\n  bad: ${job("steps: [{ run: exit 1 }]")}\n`,
    },
    expect: { seen: ["rescued"], ends: "badly" },
  },
  {
    says: "a called workflow failed when any of its jobs failed, also when a later one succeeded",
    documented: REUSE,
    files: {
      "test.yml": `on: push\njobs:\n  call: { uses: ./.github/workflows/called.yml }\n  told: ${job("needs: call, if: always(), steps: [{ run: 'echo SEEN ${{ needs.call.result }}' }]")}\n`,
      "called.yml": `on: workflow_call\njobs:\n  bad: ${job("steps: [{ run: exit 1 }]")}\n  undo: ${job(`needs: bad, if: always(), ${says("undone")}`)}\n`,
    },
    expect: { seen: ["failure", "undone"], ends: "badly" },
  },
  {
    says: "outputs of a called workflow arrive, also when it failed",
    documented: `${REUSE}#using-outputs-from-a-reusable-workflow`,
    files: {
      "test.yml": `on: push\njobs:\n  call: { uses: ./.github/workflows/called.yml }\n  told: ${job("needs: call, if: always(), steps: [{ run: 'echo SEEN got-${{ needs.call.outputs.x }}' }]")}\n`,
      "called.yml": `on:\n  workflow_call:\n    outputs: { x: { value: "\${{ jobs.good.outputs.x }}" } }\njobs:\n  good:\n    runs-on: ubuntu-latest\n    outputs: { x: "\${{ steps.s.outputs.x }}" }\n    steps: [{ id: s, run: echo x=1 >> $GITHUB_OUTPUT }]\n  bad: ${job("steps: [{ run: exit 1 }]")}\n`,
    },
    expect: { seen: ["got-1"], ends: "badly" },
  },
  {
    says: "a secret is not in a called workflow unless it is passed",
    documented: syntax("jobsjob_idsecrets"),
    secrets: { S: "hunter22" },
    files: {
      "test.yml":
        "on: push\njobs:\n  call: { uses: ./.github/workflows/called.yml }\n  inherits: { uses: ./.github/workflows/called.yml, secrets: inherit }\n",
      "called.yml": `on: workflow_call\njobs:\n  one: ${job("steps: [{ run: '[ -z \"$S\" ] && echo SEEN none || echo SEEN some', env: { S: '${{ secrets.S }}' } }]")}\n`,
    },
    expect: { seen: ["none", "some"], ends: "well" },
  },
  {
    says: "an input of the wrong type is refused before anything runs",
    documented: syntax("onworkflow_callinputsinput_idtype"),
    files: {
      "test.yml": `on: push\njobs:\n  first: ${job(says("ran"))}\n  call: { uses: ./.github/workflows/called.yml, with: { flag: 3 } }\n`,
      "called.yml": `on: { workflow_call: { inputs: { flag: { type: boolean } } } }\njobs:\n  one: ${job("steps: [{ run: 'true' }]")}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a called workflow that asks for more permissions than its caller has is refused",
    documented: syntax("jobsjob_idpermissions"),
    files: {
      "test.yml":
        "on: push\npermissions: { contents: read }\njobs:\n  call: { uses: ./.github/workflows/called.yml }\n",
      "called.yml": `on: workflow_call\njobs:\n  one: ${job(`permissions: { contents: write }, ${says("ran")}`)}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "`github.event_name` in a called workflow is the caller's",
    documented: `${REUSE}`,
    files: {
      "test.yml": "on: push\njobs:\n  call: { uses: ./.github/workflows/called.yml }\n",
      "called.yml": `on: workflow_call\njobs:\n  one: ${job("steps: [{ run: 'echo SEEN ${{ github.event_name }}' }]")}\n`,
    },
    expect: { seen: ["push"], ends: "well" },
  },
];
