import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { lint } from "../../rehearsal/lint.ts";
import { repository } from "../rehearsal/rehearsed.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const READMES = globSync("actions/*/README.md", { cwd: ROOT });

interface Job {
  needs?: string | string[];
  steps?: { uses?: string; run?: string; with?: object }[];
  [key: string]: unknown;
}
interface Workflow {
  jobs: Record<string, Job>;
  [key: string]: unknown;
}

function firstExample(readme: string): Workflow {
  const text = readFileSync(join(ROOT, readme), "utf8");
  return parse(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "");
}

/** The example as a file, with a job in place of each that it needs and does not show. */
function whole({ on = "push", ...example }: Workflow): object {
  const shown = Object.values(example.jobs);
  const others = shown.flatMap(({ needs = [] }) => needs).filter((id) => !(id in example.jobs));
  const stub = { "runs-on": "ubuntu-24.04", steps: [{ run: "true" }] };
  const jobs = { ...Object.fromEntries(others.map((id) => [id, stub])), ...example.jobs };
  return { on, ...example, jobs };
}

/** What is asked of jobs that are not waited for is empty, and nobody says so. */
function askedInVain(job: Job): string[] {
  const waitedFor = [job.needs ?? []].flat();
  const asked = [...JSON.stringify(job).matchAll(/\bneeds\.([\w-]+)\./g)].map(([, id = ""]) => id);
  return asked.filter((id) => !waitedFor.includes(id));
}

describe("the first example of each action's README", () => {
  it.each(READMES)("is whole, and has only inputs that there are: %s", async (readme) => {
    const example = firstExample(readme);
    const jobs = Object.values(example.jobs);
    expect(jobs.flatMap(askedInVain)).toEqual([]);
    const used = jobs.flatMap(({ steps = [] }) => steps).filter(({ uses }) => uses);
    const own = used.flatMap(({ uses = "", with: given = {} }) => {
      const name = /^OWNER\/sluice\/(actions\/[\w-]+)@SHA$/.exec(uses)?.[1];
      return name === undefined ? [] : [{ name, given: Object.keys(given) }];
    });
    expect(own.map(({ name }) => `${name}/README.md`)).toContain(readme);
    for (const { name, given } of own) {
      const action: { inputs: Record<string, { required?: boolean }> } = parse(
        readFileSync(join(ROOT, name, "action.yml"), "utf8"),
      );
      const required = Object.keys(action.inputs).filter((one) => action.inputs[one]?.required);
      expect(Object.keys(action.inputs), name).toEqual(expect.arrayContaining(given));
      expect(given, name).toEqual(expect.arrayContaining(required));
    }
    const dir = repository({ ".github/workflows/example.yml": stringify(whole(example)) });
    const mapping = { repository: "OWNER/sluice", ref: undefined, path: ROOT };
    const { faults } = await lint(dir, undefined, [mapping]);
    expect(faults).toEqual([]);
  });
});
