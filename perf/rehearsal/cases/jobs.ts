import { type Case, DOCS, job, says, syntax } from "../case.ts";

const ALONE = "mkdir $DIR/alone || echo SEEN overlap; sleep 1; rmdir $DIR/alone; echo SEEN done";

/** Jobs: conditions, matrices, concurrency, environments, permissions, outputs. */
export const jobs: readonly Case[] = [
  {
    says: "a job is skipped when anything that it needs, however far away, was",
    documented: syntax("jobsjob_idneeds"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job(`if: false, ${says("a")}`)}\n  b: ${job(`needs: a, if: always(), ${says("b")}`)}\n  c: ${job(`needs: b, ${says("c")}`)}\n`,
    },
    expect: { seen: ["b"], ends: "well" },
  },
  {
    says: "`needs` finds a job whatever the case of its id",
    documented: syntax("jobsjob_idneeds"),
    files: {
      "test.yml": `on: push\njobs:\n  build: ${job(says("one"))}\n  next: ${job(`needs: Build, ${says("two")}`)}\n`,
    },
    expect: { seen: ["one", "two"], ends: "well" },
  },
  {
    says: "a failing job of a matrix cancels the others (fail-fast)",
    documented: syntax("jobsjob_idstrategyfail-fast"),
    files: {
      "test.yml": `on: push\njobs:\n  m:\n    runs-on: ubuntu-latest\n    strategy: { matrix: { n: [1, 2] } }\n    steps:\n      - if: matrix.n == 1\n        run: sleep 0.5; exit 1\n      - if: matrix.n == 2\n        run: sleep 8; echo SEEN not-cancelled\n`,
    },
    expect: { seen: [], ends: "badly" },
  },
  {
    says: "a matrix can come from the output of another job, with include",
    documented: syntax("jobsjob_idstrategymatrix"),
    files: {
      "test.yml": `on: push\njobs:\n  plan:\n    runs-on: ubuntu-latest\n    outputs: { m: "\${{ steps.s.outputs.m }}" }\n    steps: [{ id: s, run: "echo 'm={\\"n\\":[1],\\"include\\":[{\\"n\\":7}]}' >> $GITHUB_OUTPUT" }]\n  run: ${job("needs: plan, strategy: { matrix: '${{ fromJSON(needs.plan.outputs.m) }}' }, steps: [{ run: 'echo SEEN ${{ matrix.n }}' }]")}\n`,
    },
    expect: { seen: ["1", "7"], ends: "well" },
  },
  {
    says: "`max-parallel: 1` lets one job of a matrix run at a time",
    documented: syntax("jobsjob_idstrategymax-parallel"),
    files: {
      "test.yml": `on: push\njobs:\n  m:\n    runs-on: ubuntu-latest\n    strategy: { max-parallel: 1, matrix: { n: [1, 2] } }\n    steps: [{ run: ${ALONE} }]\n`,
    },
    expect: { seen: ["done", "done"], ends: "well" },
  },
  {
    says: "jobs of one concurrency group do not run at the same time",
    documented: syntax("jobsjob_idconcurrency"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job(`concurrency: g, steps: [{ run: '${ALONE}' }]`)}\n  b: ${job(`concurrency: g, steps: [{ run: '${ALONE}' }]`)}\n`,
    },
    expect: { seen: ["done", "done"], ends: "well" },
  },
  {
    says: "of three jobs in a concurrency group the waiting one gives its place to the newest",
    documented: `${DOCS}/concepts/workflows-and-actions/concurrency`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("concurrency: g, steps: [{ run: sleep 1; echo SEEN a }]")}\n  b: ${job(`concurrency: g, ${says("waited")}`)}\n  c: ${job(`concurrency: g, ${says("waited")}`)}\n`,
    },
    expect: { seen: ["a", "waited"], ends: "badly" },
  },
  {
    says: "a job whose environment was not approved does not run",
    documented: `${DOCS}/reference/workflows-and-actions/deployments-and-environments`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job(`environment: production, ${says("deployed")}`)}\n`,
    },
    expect: { seen: [], ends: "badly" },
  },
  {
    says: "an identity token is there only with `id-token: write`",
    documented: `${DOCS}/reference/security/oidc`,
    files: {
      "test.yml": `on: push\njobs:\n  with: ${job("permissions: { id-token: write }, steps: [{ run: 'echo SEEN ${ACTIONS_ID_TOKEN_REQUEST_URL:+token}' }]")}\n  without: ${job("permissions: {}, steps: [{ run: 'echo SEEN none$ACTIONS_ID_TOKEN_REQUEST_URL' }]")}\n`,
    },
    expect: { seen: ["none", "token"], ends: "well" },
  },
  {
    says: "the job's token may do on GitHub what its permissions say",
    documented: syntax("permissions"),
    files: {
      "test.yml": `on: push\njobs:\n  may: ${job("permissions: { issues: write }, steps: [{ run: 'node .github/workflows/ask.mjs', env: { T: '${{ github.token }}' } }]").replace("steps: [", "steps: [{ uses: actions/checkout@v4 }, ")}\n  may-not: ${job("permissions: {}, steps: [{ uses: actions/checkout@v4 }, { run: 'node .github/workflows/ask.mjs', env: { T: '${{ github.token }}' } }]")}\n`,
      "ask.mjs":
        "const answer = await fetch(`${process.env.GITHUB_API_URL}/repos/${process.env.GITHUB_REPOSITORY}/issues`, { method: 'POST', headers: { authorization: `Bearer ${process.env.T}` }, body: '{\"title\":\"x\"}', signal: AbortSignal.timeout(5000) }).catch(() => ({ status: 'no answer' }));\nconsole.log('SEEN', { 201: 'made', 403: 'refused' }[answer.status] ?? 'neither');\n",
    },
    expect: { seen: ["made", "refused"], ends: "well" },
  },
  {
    says: "an output that holds a secret is left out",
    documented: syntax("jobsjob_idoutputs"),
    secrets: { S: "hunter22" },
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    outputs: { s: "\${{ steps.s.outputs.s }}", o: "\${{ steps.s.outputs.o }}" }\n    steps: [{ id: s, run: "echo s=$S >> $GITHUB_OUTPUT; echo o=1 >> $GITHUB_OUTPUT", env: { S: "\${{ secrets.S }}" } }]\n  b: ${job("needs: a, steps: [{ run: 'echo SEEN o${{ needs.a.outputs.o }}s${{ needs.a.outputs.s }}' }]")}\n`,
    },
    expect: { seen: ["o1s"], ends: "well" },
  },
  {
    says: "a job that takes longer than `timeout-minutes` fails",
    documented: syntax("jobsjob_idtimeout-minutes"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("timeout-minutes: 1, steps: [{ run: sleep 80; echo SEEN late }]")}\n`,
    },
    expect: { seen: [], ends: "badly" },
  },
];
