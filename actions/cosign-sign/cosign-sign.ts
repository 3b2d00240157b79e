import { relative, sep } from "node:path";
import { workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import { mustConcern } from "../../lib/signing/attestation.ts";
import { describePolicy, signerOf } from "../../lib/signing/policy.ts";
import { openSigner } from "../../lib/signing/signer.ts";
import { variableOf } from "../../lib/signing/variable.ts";
import { openShop } from "../../lib/tools/shop.ts";
import type { SignContext, SignOutputs } from "./action.ts";
import { claimsOf } from "./claim.ts";
import { gateOf } from "./gate.ts";
import { type Sealed, seal } from "./seal.ts";
import { subjectsOf } from "./subject.ts";
import { summarise } from "./summary.ts";

/** Signs every subject, attests what is known of it, and says what can be relied on. */
export async function cosignSign(context: SignContext): Promise<SignOutputs> {
  const { inputs, env, log, summary, signal } = context;
  maskSecrets(context);
  const subjects = await subjectsOf(inputs, env);
  const claims = await claimsOf(inputs, env);
  mustConcern(
    claims,
    subjects.map(({ digest }) => digest),
  );
  if (inputs.bundle !== undefined && (subjects.length > 1 || subjects[0]?.kind !== "file")) {
    throw new SluiceError("invalid-input", "bundle: it is for one file", {
      hint: "leave it out: the bundle of each file goes beside it, that of an image into its registry",
    });
  }
  const shop = openShop({ env, signal, say: log.info });
  const signer = await openSigner(
    {
      key: inputs.key,
      transparencyLog: inputs["transparency-log"],
      identity: inputs.identity,
      issuer: inputs.issuer,
      signingConfig: inputs["signing-config"],
      trustedRoot: inputs["trusted-root"],
    },
    shop,
  );
  log.info(`signing as ${describePolicy(signer.policy)}`);
  const done: Sealed[] = [];
  const outputs = () => outputsOf(done, signerOf(signer.policy), env);
  for (const subject of subjects) {
    const settings = { signer, shop, patienceMs: inputs["outage-timeout"] };
    const sealed = await seal(subject, claims, {
      ...settings,
      bundle: inputs.bundle,
      push: inputs["push-to-registry"],
      workspace: workspaceFolder(env),
    }).catch((error: unknown) => {
      throw tellingWhatIsSigned(error, done);
    });
    done.push(sealed);
    log.info(sealedLine(sealed));
    context.outputs.set(outputs());
  }
  const gate = gateOf(done, signer.policy);
  log.info(gate.reason);
  if (inputs["show-summary"]) summarise(summary, done, signer.policy);
  return { ...outputs(), gate };
}

/** Before anything can print them. A key has several lines, and a log shows them one by one. */
function maskSecrets({ inputs, env, log }: SignContext): void {
  const key = inputs.key === undefined ? undefined : env[variableOf(inputs.key) ?? ""];
  for (const secret of [key, env.COSIGN_PASSWORD, env.SIGSTORE_ID_TOKEN]) {
    if (secret) log.mask(secret);
  }
}

function sealedLine({ subject, alreadySigned, attested }: Sealed): string {
  const how = alreadySigned ? "was signed already; its signature is good" : "is signed";
  const besides = attested.map(({ kind }) => kind).join(", ");
  return `${subject.name} (${subject.digest}) ${how}${besides && `; attested: ${besides}`}`;
}

/** Half of a release signed is worth knowing: the rest can be signed by running the job again. */
function tellingWhatIsSigned(error: unknown, done: readonly Sealed[]): unknown {
  if (!(error instanceof SluiceError) || done.length === 0) return error;
  const names = done.map(({ subject }) => subject.name).join(", ");
  const { code, message, hint = "", cause } = error;
  return new SluiceError(code, `${message} (signed before that: ${names})`, { hint, cause });
}

function outputsOf(done: readonly Sealed[], signedBy: string, env: NodeJS.ProcessEnv) {
  const workspace = workspaceFolder(env);
  const lines = (paths: ReadonlyArray<string | undefined>) =>
    paths
      .filter((path) => path !== undefined)
      .map((path) => relative(workspace, path).split(sep).join("/"))
      .join("\n");
  return {
    digest: done[0]?.subject.digest ?? "",
    "bundle-path": lines(done.map(({ bundle }) => bundle)),
    "attestation-paths": lines(
      done.flatMap(({ attested }) => attested.map(({ bundle }) => bundle)),
    ),
    "signed-by": signedBy,
    "already-signed": done.every(({ alreadySigned }) => alreadySigned),
  };
}
