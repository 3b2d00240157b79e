import { type Case, DOCS, job, says, syntax } from "../case.ts";

/** What starts a workflow, and with which inputs. */
export const events: readonly Case[] = [
  {
    says: "a tag filter keeps a workflow from starting for a branch",
    documented: syntax("onpushbranchestagsbranches-ignoretags-ignore"),
    files: { "test.yml": `on: { push: { tags: ["v*"] } }\njobs:\n  one: ${job(says("ran"))}\n` },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a tag filter lets its tags in",
    documented: syntax("onpushbranchestagsbranches-ignoretags-ignore"),
    ref: "refs/tags/v1.2.3",
    files: {
      "test.yml": `on: { push: { tags: ["v[0-9]+.[0-9]+.*"] } }\njobs:\n  one: ${job("steps: [{ run: 'echo SEEN $GITHUB_REF_NAME $GITHUB_REF_TYPE' }]")}\n`,
    },
    expect: { seen: ["v1.2.3 tag"], ends: "well" },
  },
  {
    says: "a later `!` pattern takes away from an earlier one",
    documented: syntax("onpushbranchestagsbranches-ignoretags-ignore"),
    ref: "refs/heads/release/old",
    files: {
      "test.yml": `on: { push: { branches: ["release/**", "!release/old"] } }\njobs:\n  one: ${job(says("ran"))}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a path filter keeps a workflow from starting",
    documented: syntax("onpushpull_requestpull_request_targetpathspaths-ignore"),
    files: {
      "test.yml": `on: { push: { paths: ["docs/**"] } }\njobs:\n  one: ${job(says("ran"))}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a boolean input of workflow_dispatch is a boolean in `inputs`",
    documented: syntax("onworkflow_dispatchinputsinput_idtype"),
    event: "workflow_dispatch",
    inputs: { dry: "false" },
    files: {
      "test.yml": `on: { workflow_dispatch: { inputs: { dry: { type: boolean } } } }\njobs:\n  one: ${job("steps: [{ if: '!inputs.dry', run: echo SEEN wet }, { if: inputs.dry, run: echo SEEN dry }]")}\n`,
    },
    expect: { seen: ["wet"], ends: "well" },
  },
  {
    says: "an input that is not among the options is refused",
    documented: syntax("onworkflow_dispatchinputsinput_idtype"),
    event: "workflow_dispatch",
    inputs: { to: "nowhere" },
    files: {
      "test.yml": `on: { workflow_dispatch: { inputs: { to: { type: choice, options: [staging, production] } } } }\njobs:\n  one: ${job(says("ran"))}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a required input that is missing is refused",
    documented: syntax("onworkflow_dispatchinputsinput_idrequired"),
    event: "workflow_dispatch",
    files: {
      "test.yml": `on: { workflow_dispatch: { inputs: { to: { required: true } } } }\njobs:\n  one: ${job(says("ran"))}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a workflow with a cycle in `needs` is refused",
    documented: syntax("jobsjob_idneeds"),
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job(`needs: b, ${says("a")}`)}\n  b: ${job(`needs: a, ${says("b")}`)}\n  c: ${job(says("c"))}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
  {
    says: "a name that no context has is refused before anything runs",
    documented: `${DOCS}/reference/workflows-and-actions/contexts#context-availability`,
    files: {
      "test.yml": `on: push\njobs:\n  a: ${job(says("a"))}\n  b: ${job("needs: a, steps: [{ run: 'echo ${{ nope.x }}' }]")}\n`,
    },
    expect: { seen: [], ends: "not started" },
  },
];
