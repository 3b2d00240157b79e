import type { Answers } from "./answers.ts";
import { KIT } from "./rehearsal-kit.ts";

/** environments/README.md: what is where, how to rehearse, and what GitHub has to be told. */
export function readme({ environment, library, name, branch }: Answers): string {
  const at = `${library.repository}@${library.ref}`;
  return `# How ${name} is released

A push to \`${branch}\` goes to staging, a tag \`v1.2.3\` to ${environment}, both by [cd.yml](../.github/workflows/cd.yml): the archive is built
once, scanned and signed, placed beside what serves, given the same load as that in turns, approved by the reviewers of the GitHub
environment, given traffic step by step, and taken back when it is worse than what it replaces.
[rollback.yml](../.github/workflows/rollback.yml) takes an earlier release back by hand. Sluice is https://github.com/${library.repository}.

| file | what it is |
| --- | --- |
| \`${environment}.yaml\`, \`staging.yaml\` | how the service is started, where it runs, how a release is let in, and whose signature it needs |
| \`rehearsal.yaml\` | the same with short steps and a key of the rehearsal's own |
| \`../load/requests.js\` | what the load gate sends |

## Rehearse a release before the tag is pushed

Commit first: a release is a commit. \`sluice\` stands for \`node <checkout of Sluice>/cli/sluice.js\`. The kit is a signing key, and a
vulnerability database that knows nothing, so that a rehearsal needs no network; both are made here and stay out of git.

\`\`\`sh
sluice init --kit
sluice site up --environment environments/rehearsal.yaml --detach
sluice rehearse release --ref v0.1.0 --repo ${at}=<checkout of Sluice> --secret-file ${KIT}/secrets.json --var-file ${KIT}/vars.json --approve always
sluice site down --environment environments/rehearsal.yaml
\`\`\`

## Before the first push

1. On GitHub, make the environments \`${environment}\` and \`staging\`; give \`${environment}\` required reviewers, and let only tags \`v*\` be
   deployed to it. Without reviewers the approval is given by itself.
2. Put a self-hosted runner on the host that serves, and keep the sites up there:
   \`sluice site up --environment environments/${environment}.yaml\`, and the same for staging.
   Runner and sites get the same \`SLUICE_SITES\`, the folder that holds the sites.
3. The service counts requests and failures as Prometheus text on \`METRICS_PORT\`; [names and paths can be others](${environment}.yaml).
4. Signatures are made in the name of cd.yml, by the job's identity, and entered in Sigstore's public log. For a private repository, use a
   key: the secrets COSIGN_PRIVATE_KEY and COSIGN_PASSWORD, the variable SLUICE_TRANSPARENCY_LOG=false, and \`verify: { key: … }\` here.
`;
}
