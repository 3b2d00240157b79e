import { describe, expect, it } from "vitest";
import { parseApiFault } from "../../../rehearsal/api/api-fault.ts";
import { ask } from "./octokit.ts";

describe("the rehearsal's GitHub", () => {
  it("lets a job's token do what its permissions say, in GitHub's words", async () => {
    const { said, result, events } = await ask(
      `
      print((await octokit.rest.repos.get(repo)).data.full_name);
      print((await octokit.rest.repos.listReleases(repo)).data);
      const no = await octokit.rest.repos.createRelease({ ...repo, tag_name: "v1" }).catch((error) => error);
      print([no.status, no.response.data.message, no.response.headers["x-accepted-github-permissions"]]);
      print((await refused(octokit.rest.issues.create({ ...repo, title: "no" }))).status);
      print((await refused(getOctokit("ghp_somebody").rest.repos.get(repo))).message.split(" - ")[0]);
      print((await refused(octokit.rest.repos.get({ owner: "else", repo: "where" }))).status);
      print((await refused(octokit.request("GET /repos/{owner}/{repo}/no-such-thing", repo))).status);
      `,
      { permissions: "{ contents: read }" },
    );
    expect(said).toEqual([
      expect.stringMatching(/^local\//),
      [],
      [403, "Resource not accessible by integration", "contents=write"],
      403,
      "Bad credentials",
      404,
      501,
    ]);
    expect(result.github).toEqual({});
    expect(
      events.filter((event) => event.type === "api-call").map(({ job, status }) => [job, status]),
    ).toContainEqual(["one", 403]);
  });

  it("gives each job a token of its own, also inside called workflows, and hides it", async () => {
    const { said, printed } = await ask(
      `
      console.log(process.env.TOKEN);
      print((await refused(octokit.rest.repos.createRelease({ ...repo, tag_name: "v1" }))).status);
      `.replace("console.log", "print"),
      { permissions: "{ contents: read }", token: "secrets.GITHUB_TOKEN" },
    );
    expect(said).toEqual(["***", 403]);
    expect(printed("one").join()).not.toContain("ghs_");
  });

  it("pages lists, answers 304 to who has it already, and counts", async () => {
    const { said } = await ask(`
      for (const number of Array(45).keys()) await octokit.rest.issues.create({ ...repo, title: "issue " + number });
      const all = await octokit.paginate(octokit.rest.issues.listForRepo, { ...repo, per_page: 20 });
      print(all.length);
      const page = await octokit.rest.issues.listForRepo({ ...repo, per_page: 20, page: 2 });
      print(page.headers.link.match(/rel="\\w+"/g));
      const again = await refused(octokit.rest.issues.listForRepo({ ...repo, per_page: 20, page: 2, headers: { "if-none-match": page.headers.etag } }));
      print(again.status);
      const { limit, used, remaining } = (await octokit.rest.rateLimit.get()).data.rate;
      print([limit, used, remaining]);
    `);
    expect(said).toEqual([
      45,
      ['rel="prev"', 'rel="next"', 'rel="last"', 'rel="first"'],
      304,
      [1000, 49, 951],
    ]);
  });

  it("fails as it was told to, as often as it was told to", async () => {
    const { said, result } = await ask(
      `
      const create = () => octokit.rest.repos.createRelease({ ...repo, tag_name: "v1" });
      print((await refused(create())).status);
      print((await refused(create())).status);
      print((await create()).status);
      print((await refused(octokit.rest.issues.listForRepo(repo))).message.includes("secondary rate limit"));
      print((await refused(octokit.rest.repos.listTags(repo))).status);
      `,
      {
        options: {
          apiFaults: ["POST */releases=502x2", "GET */issues=rate-limit", "GET */tags=drop"].map(
            parseApiFault,
          ),
        },
      },
    );
    expect(said).toEqual([502, 502, 201, true, 500]);
    expect(result.github.releases).toHaveLength(1);
  });

  it("refuses what is more than an hour's requests", async () => {
    const { said } = await ask(
      `
      for (const _ of Array(3)) await octokit.rest.repos.get(repo);
      const no = await octokit.rest.repos.get(repo).catch((error) => error);
      print([no.status, no.response.data.message.slice(0, 23), no.response.headers["x-ratelimit-remaining"]]);
      `,
      { options: { apiLimit: 3 } },
    );
    expect(said).toEqual([[403, "API rate limit exceeded", "0"]]);
  });

  it("leaves a token that was given to the real GitHub", async () => {
    const { printed } = await ask(
      `print([process.env.GITHUB_API_URL, process.env.TOKEN === "gho" + "_real"]);`,
      {
        options: { secrets: { GITHUB_TOKEN: "gho_real" } },
      },
    );
    expect(printed("one")).toEqual(['["https://api.github.com",true]']);
  });

  it("tells which fault it does not know", () => {
    expect(() => parseApiFault("POST releases")).toThrow("METHOD /path=500");
    expect(() => parseApiFault("GET *=200")).toThrow("GET *=200");
  });
});
