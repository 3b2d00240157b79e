import type { RehearseOptions } from "../../../rehearsal/run.ts";
import { type Files, type Rehearsed, repository, run } from "../rehearsed.ts";

const ACTIONS_GITHUB = import.meta.resolve("@actions/github");

export interface Asked {
  readonly permissions?: string;
  /** The expression of the token that is used. */
  readonly token?: string;
  /** More of the job, below `steps:`'s level. */
  readonly job?: string;
  readonly files?: Files;
  readonly options?: Partial<RehearseOptions>;
  /** Set up the repository before the run. */
  readonly prepare?: (dir: string) => void;
}

/** Runs a step that has a real `octokit` of @actions/github, and prints what `print` is given as JSON. */
export async function ask(
  script: string,
  asked: Asked = {},
): Promise<Rehearsed & { said: unknown[] }> {
  const source = `
import { context, getOctokit } from ${JSON.stringify(ACTIONS_GITHUB)};
const octokit = getOctokit(process.env.TOKEN);
const repo = context.repo;
const print = (value) => console.log(JSON.stringify(value) ?? "null");
const refused = (promise) => promise.then(() => "let through", (error) => ({ status: error.status, message: error.message, errors: error.response?.data?.errors }));
${script}
`;
  const dir = repository({
    ".github/workflows/test.yml": `
on: [push, pull_request]
permissions: ${asked.permissions ?? "write-all"}
jobs:
  one:
    runs-on: x
${asked.job ?? ""}
    steps:
      - shell: node {0}
        env: { TOKEN: "\${{ ${asked.token ?? "github.token"} }}" }
        run: |
${source.replace(/^/gm, "          ")}
`,
    ...asked.files,
  });
  asked.prepare?.(dir);
  const ran = await run(dir, asked.options);
  return { ...ran, said: ran.printed("one").map((line) => JSON.parse(line) as unknown) };
}
