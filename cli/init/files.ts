import type { Answers } from "./answers.ts";
import { environmentFile } from "./environment-file.ts";
import { releaseWorkflow, rollbackWorkflow } from "./workflow-file.ts";

/** Path in the repository, and what it holds. */
export type WrittenFiles = ReadonlyMap<string, string>;

/** Everything that init writes. */
export function filesOf(answers: Answers, pin: (action: string) => string): WrittenFiles {
  return new Map([
    [".github/workflows/release.yml", releaseWorkflow(answers, pin)],
    [".github/workflows/rollback.yml", rollbackWorkflow(answers)],
    [`environments/${answers.environment}.yaml`, environmentFile(answers, "real")],
    ["environments/rehearsal.yaml", environmentFile(answers, "rehearsal")],
    ["environments/README.md", readme(answers)],
  ]);
}

/** The lines of .gitignore that the files need. */
export const IGNORED = [".sluice/", "out/"];

function readme({ environment, library, name }: Answers): string {
  const at = `${library.repository}@${library.ref}`;
  return `# How ${name} is released

A tag \`v1.2.3\` starts [release.yml](../.github/workflows/release.yml): the archive is built once, placed beside what serves, approved by the
reviewers of the environment \`${environment}\`, given traffic step by step, and taken back when it is worse than what it replaces.
[rollback.yml](../.github/workflows/rollback.yml) takes an earlier release back by hand. Sluice is https://github.com/${library.repository}.

| file | what it is |
| --- | --- |
| \`${environment}.yaml\` | how the service is started, where it runs, and how a release is let in |
| \`rehearsal.yaml\` | the same with short steps, for rehearsals |

## Rehearse a release before the tag is pushed

\`sluice\` stands for \`node <checkout of Sluice>/cli/sluice.js\`, on Node.js 24.

\`\`\`sh
sluice site up --environment environments/rehearsal.yaml --detach
echo 'SLUICE_ENVIRONMENT_FILE=environments/rehearsal.yaml' > .sluice/rehearsal.env
sluice rehearse release --ref v0.1.0 --repo ${at}=<checkout of Sluice> --var-file .sluice/rehearsal.env --approve always
sluice site down --environment environments/rehearsal.yaml
\`\`\`

## Before the first tag is pushed

1. On GitHub, make the environment \`${environment}\` and give it required reviewers: without them the approval is given by itself.
2. Put a self-hosted runner on the host that serves, and keep the site up there: \`sluice site up --environment environments/${environment}.yaml\`.
   Runner and site get the same \`SLUICE_SITES\`, the folder that holds the sites.
3. The service counts requests and failures as Prometheus text on \`METRICS_PORT\`; [names and paths can be others](${environment}.yaml).
4. \`verify: off\` deploys unsigned archives. Sign them, and name the key there.
`;
}
