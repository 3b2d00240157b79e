import { describe, expect, it } from "vitest";
import { run as rehearseIn, repository } from "../rehearsed.ts";
import { ask } from "./octokit.ts";

describe("deployments on the rehearsal's GitHub", () => {
  it("are made, told about, and make the one before inactive", async () => {
    const { said, result } = await ask(`
      const deploy = async () => (await octokit.rest.repos.createDeployment({ ...repo, ref: context.sha, environment: "staging", auto_merge: false })).data;
      const succeed = (id) => octokit.rest.repos.createDeploymentStatus({ ...repo, deployment_id: id, state: "success", environment_url: "https://staging.example" });
      const first = await deploy();
      await succeed(first.id);
      const second = await deploy();
      await succeed(second.id);
      const statuses = await octokit.rest.repos.listDeploymentStatuses({ ...repo, deployment_id: first.id });
      print(statuses.data.map((status) => status.state));
      print((await octokit.rest.repos.listDeployments({ ...repo, environment: "staging" })).data.map(({ id }) => id === second.id));
      print(await refused(octokit.rest.repos.deleteDeployment({ ...repo, deployment_id: second.id })));
      print((await octokit.rest.repos.deleteDeployment({ ...repo, deployment_id: first.id })).status);
      print(await refused(octokit.rest.repos.createDeployment({ ...repo, ref: "nowhere" })));
      await octokit.rest.repos.createCommitStatus({ ...repo, sha: context.sha, state: "failure", context: "lint" });
      print((await refused(deploy())).status);
      print((await octokit.rest.repos.getAllEnvironments(repo)).data.environments.map(({ name }) => name));
    `);
    expect(said).toEqual([
      ["inactive", "success"],
      [true, false],
      expect.objectContaining({ status: 422 }),
      204,
      expect.objectContaining({
        status: 422,
        message: expect.stringContaining("No ref found for: nowhere"),
      }),
      409,
      ["staging"],
    ]);
    expect(result.github.deployments).toEqual([
      expect.objectContaining({
        environment: "staging",
        states: ["success"],
        url: "https://staging.example",
      }),
    ]);
  });

  it("are recorded for jobs with an environment, whatever their end", async () => {
    const dir = repository({
      ".github/workflows/test.yml": `
on: push
jobs:
  good: { runs-on: x, environment: { name: staging, url: "https://staging.example" }, steps: [{ run: "true" }] }
  bad: { runs-on: x, environment: canary, steps: [{ run: "false" }] }
  refused: { runs-on: x, environment: production, steps: [{ run: "true" }] }
  barred: { runs-on: x, environment: locked, steps: [{ run: "true" }] }
  skipped: { if: false, runs-on: x, environment: nowhere, steps: [{ run: "true" }] }
`,
    });
    const { result, reason } = await rehearseIn(dir, {
      environments: {
        production: { decision: "rejected" },
        locked: { branches: ["release/*"], tags: ["v*"] },
      },
    });
    expect(
      Object.fromEntries(
        (result.github.deployments ?? []).map(({ environment, states, url }) => [
          environment,
          [states.join(" "), url],
        ]),
      ),
    ).toEqual({
      staging: ["waiting in_progress success", "https://staging.example"],
      canary: ["waiting in_progress failure", ""],
      production: ["waiting failure", ""],
    });
    expect(reason("barred")).toContain('Branch "main" is not allowed to deploy to locked');
    expect(result.jobs.barred).toBe("failure");
  });

  it("wait for reviewers, whom only a person's token can stand for", async () => {
    const dir = repository({
      ".github/workflows/test.yml": `
on: push
permissions: write-all
jobs:
  deploy: { runs-on: x, environment: production, steps: [{ run: "true" }] }
  approve:
    runs-on: x
    steps:
      - shell: node {0}
        env: { OWN: "\${{ github.token }}", PERSON: "\${{ secrets.PERSON }}" }
        run: |
          import { context, getOctokit } from ${JSON.stringify(import.meta.resolve("@actions/github"))};
          const at = { ...context.repo, run_id: context.runId };
          const person = getOctokit(process.env.PERSON);
          let waiting = [];
          for (const until = Date.now() + 60_000; waiting.length === 0 && Date.now() < until; )
            waiting = (await person.rest.actions.getPendingDeploymentsForRun(at)).data;
          const decision = { ...at, environment_ids: [waiting[0].environment.id], state: "approved", comment: "looks good" };
          await getOctokit(process.env.OWN).rest.actions.reviewPendingDeploymentsForRun(decision).catch((error) => console.log(error.status));
          await person.rest.actions.reviewPendingDeploymentsForRun(decision);
`,
    });
    const ended = await rehearseIn(dir, {
      approve: "api",
      secrets: { PERSON: "a-token-of-somebody" },
      environments: { production: { reviewers: ["somebody"] } },
    });
    expect(ended.printed("approve")).toEqual(["403"]);
    expect(ended.result.jobs).toEqual({ deploy: "success", approve: "success" });
    expect(ended.result.github.reviews).toEqual([
      { environment: "production", state: "approved", by: "local" },
    ]);
  });
});
