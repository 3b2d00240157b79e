import { type Case, DOCS, job, syntax } from "../case.ts";

const COMMANDS = `${DOCS}/reference/workflows-and-actions/workflow-commands`;

/** Steps and actions. */
export const steps: readonly Case[] = [
  {
    says: "`continue-on-error` keeps the outcome, and makes the conclusion a success",
    documented: `${DOCS}/reference/workflows-and-actions/contexts#steps-context`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ id: x, continue-on-error: true, run: exit 1 }, { run: 'echo SEEN ${{ steps.x.outcome }} ${{ steps.x.conclusion }}' }]")}\n`,
    },
    expect: { seen: ["failure success"], ends: "well" },
  },
  {
    says: "a step that takes longer than `timeout-minutes` fails, and the job goes on to `if: failure()`",
    documented: syntax("jobsjob_idstepstimeout-minutes"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ timeout-minutes: 1, run: sleep 80 }, { if: failure(), run: echo SEEN cleaned }]")}\n`,
    },
    expect: { seen: ["cleaned"], ends: "badly" },
  },
  {
    says: "a masked value is hidden in the log",
    documented: `${COMMANDS}#masking-a-value-in-a-log`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ run: 'echo \"::add-mask::swordfish\"; echo SEEN swordfish' }]")}\n`,
    },
    expect: { seen: ["***"], ends: "well" },
  },
  {
    says: "a secret is hidden in the log also in Base64",
    documented: `${DOCS}/concepts/security/secrets`,
    secrets: { S: "hunter22-hunter22" },
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ run: 'echo SEEN $(printf %s \"$S\" | base64)', env: { S: '${{ secrets.S }}' } }]")}\n`,
    },
    expect: { seen: ["***"], ends: "well" },
  },
  {
    says: "`env` of a step wins over the job's, and that over the workflow's",
    documented: syntax("env"),
    files: {
      "test.yml": `on: push\nenv: { A: workflow, B: workflow, C: workflow }\njobs:\n  a: ${job("env: { B: job, C: job }, steps: [{ run: echo SEEN $A $B $C, env: { C: step } }]")}\n`,
    },
    expect: { seen: ["workflow job step"], ends: "well" },
  },
  {
    says: "an output can have several lines",
    documented: `${COMMANDS}#multiline-strings`,
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - id: x\n        run: printf 'v<<END\\none\\ntwo\\nEND\\n' >> $GITHUB_OUTPUT\n      - run: echo SEEN $(echo "$V" | wc -l)\n        env: { V: "\${{ steps.x.outputs.v }}" }\n`,
    },
    expect: { seen: ["2"], ends: "well" },
  },
  {
    says: "`set-env` is refused, as it has been since 2020",
    documented: `${COMMANDS}#setting-an-environment-variable`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ run: 'echo \"::set-env name=X::1\"' }, { if: always(), run: 'echo SEEN x$X' }]")}\n`,
    },
    expect: { seen: ["x"], ends: "badly" },
  },
  {
    says: "post steps run in reverse order, also after a failure",
    documented: `${DOCS}/reference/workflows-and-actions/metadata-syntax#runspost`,
    files: {
      "test.yml":
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - { uses: ./.github/act, with: { n: 1 } }\n      - { uses: ./.github/act, with: { n: 2 } }\n      - run: exit 1\n",
      "../act/action.yml":
        "name: a\ninputs: { n: { default: '0' } }\nruns: { using: node24, main: main.js, post: post.js }\n",
      "../act/main.js": "",
      "../act/post.js":
        "const fs = require('node:fs'); const f = '$DIR/order'; const before = fs.existsSync(f) ? fs.readFileSync(f, 'utf8') : ''; fs.writeFileSync(f, before + process.env.INPUT_N); if (before) console.log('SEEN', before + process.env.INPUT_N);\n",
    },
    expect: { seen: ["21"], ends: "badly" },
  },
  {
    says: "`$/` is this repository at this commit, without a checkout",
    documented: syntax("jobsjob_idstepsuses"),
    files: {
      "test.yml":
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: $/.github/act\n",
      "../act/action.yml":
        "name: a\nruns: { using: composite, steps: [{ shell: bash, run: echo SEEN composite }] }\n",
    },
    expect: { seen: ["composite"], ends: "well" },
  },
  {
    says: "`./` in a step needs a checkout",
    documented: syntax("example-using-an-action-in-the-same-repository-as-the-workflow"),
    files: {
      "test.yml":
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./.github/act\n",
      "../act/action.yml":
        "name: a\nruns: { using: composite, steps: [{ shell: bash, run: echo SEEN ran }] }\n",
    },
    expect: { seen: [], ends: "badly" },
  },
  {
    says: "a process that a step leaves behind is ended with the job",
    documented: `${DOCS}/reference/runners/self-hosted-runners`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ run: 'while sleep 0.2; do date > $DIR/beat; done > /dev/null 2>&1 &' }]")}\n  b: ${job("needs: a, steps: [{ run: 'sleep 0.5; rm -f $DIR/beat; sleep 1.5; [ -f $DIR/beat ] && echo SEEN alive || echo SEEN gone' }]")}\n`,
    },
    expect: { seen: ["gone"], ends: "well" },
  },
  {
    says: "`parallel` steps run side by side, and their outputs are there after it",
    documented: syntax("jobsjob_idstepsparallel"),
    files: {
      "test.yml":
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - parallel:\n          - { id: a, run: 'echo x=1 >> $GITHUB_OUTPUT; touch $DIR/a; for i in $(seq 100); do [ -f $DIR/b ] && exit 0; sleep 0.1; done; exit 1' }\n          - { id: b, run: 'echo x=2 >> $GITHUB_OUTPUT; touch $DIR/b; for i in $(seq 100); do [ -f $DIR/a ] && exit 0; sleep 0.1; done; exit 1' }\n      - run: echo SEEN ${{ steps.a.outputs.x }}${{ steps.b.outputs.x }}\n",
    },
    expect: { seen: ["12"], ends: "well" },
  },
  {
    says: "`hashFiles` sees the workspace",
    documented: `${DOCS}/reference/workflows-and-actions/expressions#hashfiles`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("steps: [{ run: echo a > a.txt }, { run: \"echo SEEN ${{ hashFiles('*.txt') != '' && hashFiles('*.none') == '' }}\" }]")}\n`,
    },
    expect: { seen: ["true"], ends: "well" },
  },
];
