import { type Case, DOCS, job, says, syntax } from "../case.ts";

const REFERENCE = `${DOCS}/reference/workflows-and-actions`;
const expressions = (section: string): string => `${REFERENCE}/expressions#${section}`;
const commands = (section: string): string => `${REFERENCE}/workflow-commands#${section}`;

/** A job whose steps are shell lines. */
function lines(...scripts: string[]): string {
  const steps = scripts.map((script) => `      - run: |\n${script.replace(/^/gm, "          ")}\n`);
  return `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join("")}`;
}

/** Contexts, expressions, files of the runner, and what is refused. */
export const contexts: readonly Case[] = [
  {
    says: "a commit that says `[skip ci]` starts nothing",
    documented: `${DOCS}/how-tos/manage-workflow-runs/skip-workflow-runs`,
    message: "Mend it [skip ci]",
    files: { "test.yml": lines("echo SEEN ran") },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a condition that begins with `!` must be quoted",
    documented: syntax("jobsjob_idif"),
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    if: !cancelled()\n    runs-on: ubuntu-latest\n    ${says("ran")}\n`,
    },
    expect: { seen: [], ends: "badly" },
  },
  {
    says: "`queue: max` with `cancel-in-progress: true` is refused",
    documented: `${DOCS}/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency`,
    files: {
      "test.yml": `on: push\nconcurrency: { group: g, queue: max, cancel-in-progress: true }\njobs:\n  a: ${job(says("ran"))}\n`,
    },
    expect: { seen: [], ends: "badly" },
  },
  {
    says: "`hashFiles` leaves out what a later pattern with `!` names",
    documented: expressions("hashfiles"),
    files: {
      "test.yml": lines(
        "mkdir -p lib/foo && echo 1 > lib/x.rb && echo 2 > lib/foo/y.rb",
        "echo SEEN ${{ hashFiles('/lib/**/*.rb', '!/lib/foo/*.rb') == hashFiles('lib/x.rb') && hashFiles('lib/x.rb') != '' }}",
      ),
    },
    expect: { seen: ["true"], ends: "well" },
  },
  {
    says: "`case` gives the value behind the first condition that holds",
    documented: expressions("case"),
    files: { "test.yml": lines("echo SEEN ${{ case(false, 'a', 1 == 1, 'b', 'c') }}") },
    expect: { seen: ["b"], ends: "well" },
  },
  {
    says: "`*` gathers the results of all needs",
    documented: expressions("object-filters"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("if: false, steps: [{ run: exit 1 }]")}\n  b: ${job(says("b"))}\n  c: ${job("needs: [a, b], if: always(), steps: [{ run: \"echo SEEN ${{ contains(needs.*.result, 'skipped') }} ${{ contains(needs.*.result, 'failure') }}\" }]")}\n`,
    },
    expect: { seen: ["b", "true false"], ends: "well" },
  },
  {
    says: "the github context names the files of a step",
    documented: `${REFERENCE}/contexts#github-context`,
    files: {
      "test.yml": lines(
        'echo FROM=context >> "${{ github.env }}"',
        'echo SEEN $FROM; [ "${{ github.env }}" = "$GITHUB_ENV" ] && echo SEEN same',
      ),
    },
    expect: { seen: ["context", "same"], ends: "well" },
  },
  {
    says: "the job context knows the job's check run, by a number",
    documented: `${REFERENCE}/contexts#job-context`,
    files: { "test.yml": lines("echo SEEN ${{ job.check_run_id > 0 }}") },
    expect: { seen: ["true"], ends: "well" },
  },
  {
    says: "`needs` holds the jobs that are named, not theirs",
    documented: `${REFERENCE}/contexts#needs-context`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job(says("a"))}\n  b: ${job(`needs: a, ${says("b")}`)}\n  c: ${job('needs: b, steps: [{ run: "echo SEEN [${{ needs.a.result }}]" }]')}\n`,
    },
    expect: { seen: ["[]", "a", "b"], ends: "well" },
  },
  {
    says: "NODE_OPTIONS can't be set by GITHUB_ENV, nor what begins with GITHUB_",
    documented: commands("setting-an-environment-variable"),
    files: {
      "test.yml": lines(
        "echo NODE_OPTIONS=--no-warnings >> $GITHUB_ENV\necho GITHUB_ACTOR=nobody-at-all >> $GITHUB_ENV",
        "echo SEEN [$NODE_OPTIONS]; [ $GITHUB_ACTOR = nobody-at-all ] || echo SEEN kept",
      ),
    },
    expect: { seen: ["[]", "kept"], ends: "well" },
  },
  {
    says: "a summary above 1 MiB is an error to read, and does not fail its step",
    documented: commands("step-isolation-and-limits"),
    files: {
      "test.yml": lines(
        "head -c 1100000 /dev/zero | tr '\\0' x >> $GITHUB_STEP_SUMMARY",
        "echo SEEN on",
      ),
    },
    expect: { seen: ["on"], ends: "well" },
  },
  {
    says: "bash stops at a failure in a pipe only when it is asked for by name",
    documented: syntax("jobsjob_idstepsshell"),
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: false | true; echo SEEN went-on\n      - { shell: bash, run: "false | true; echo SEEN never" }\n`,
    },
    expect: { seen: ["went-on"], ends: "badly" },
  },
  {
    says: "`include` adds to combinations that it does not change, and makes others of its own",
    documented: syntax("jobsjob_idstrategymatrixinclude"),
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        fruit: [apple, pear]\n        animal: [cat, dog]\n        include:\n          - { color: green }\n          - { color: pink, animal: cat }\n          - { fruit: apple, shape: circle }\n          - { fruit: banana }\n          - { fruit: banana, animal: cat }\n    steps: [{ run: "echo SEEN \${{ matrix.fruit }}-\${{ matrix.animal }}-\${{ matrix.color }}-\${{ matrix.shape }}" }]\n`,
    },
    expect: {
      seen: [
        "apple-cat-pink-circle",
        "apple-dog-green-circle",
        "banana---",
        "banana-cat--",
        "pear-cat-pink-",
        "pear-dog-green-",
      ],
      ends: "well",
    },
  },
  {
    says: "a job of a matrix with `continue-on-error` does not cancel the others",
    documented: syntax("jobsjob_idstrategyfail-fast"),
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    continue-on-error: \${{ matrix.experimental }}\n    strategy:\n      matrix: { version: [6, 7], experimental: [false], include: [{ version: 8, experimental: true }] }\n    steps:\n      - if: matrix.experimental\n        run: exit 1\n      - run: sleep 1; echo SEEN \${{ matrix.version }}\n`,
    },
    expect: { seen: ["6", "7"], ends: "well" },
  },
  {
    says: "a called workflow in a matrix gives the outputs of the one that ended last",
    documented: `${DOCS}/how-tos/reuse-automations/reuse-workflows#using-outputs-from-a-reusable-workflow`,
    files: {
      "test.yml": `on: push\njobs:\n  a:\n    strategy: { max-parallel: 1, matrix: { n: [1, 2] } }\n    uses: ./.github/workflows/called.yml\n    with: { n: "\${{ matrix.n }}" }\n  b: ${job("needs: a, steps: [{ run: 'echo SEEN ${{ needs.a.outputs.o }}' }]")}\n`,
      "called.yml": `on:\n  workflow_call:\n    inputs: { n: { type: number } }\n    outputs: { o: { value: "\${{ jobs.j.outputs.o }}" } }\njobs:\n  j: ${job('outputs: { o: "v${{ inputs.n }}" }, steps: [{ run: echo }]')}\n`,
    },
    expect: { seen: ["v2"], ends: "well" },
  },
  {
    says: "a job that ran into its time limit counts as cancelled for those that need it",
    documented: syntax("jobsjob_idtimeout-minutes"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job("timeout-minutes: 0.02, steps: [{ run: sleep 20 }]")}\n  b: ${job("needs: a, if: always(), steps: [{ run: 'echo SEEN ${{ needs.a.result }}' }]")}\n`,
    },
    expect: { seen: ["cancelled"], ends: "badly" },
  },
];
