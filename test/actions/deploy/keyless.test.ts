import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { runAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { type LoopbackSigstore, loopbackSigstore } from "../../support/loopback-sigstore.ts";
import { type ReleasedSite, releasedSite } from "../../support/released-site.ts";
import { signingDesk } from "../../support/signing-desk.ts";

const desk = await signingDesk();
const reason = typeof desk === "string" ? desk : "";
const PATH = typeof desk === "string" ? "" : (desk.shopWith({}).env.PATH ?? "");

describe.skipIf(reason !== "")(`deploy to an environment that trusts a workflow ${reason}`, () => {
  let sigstore: LoopbackSigstore;
  let live: ReleasedSite;
  let count = 0;

  beforeAll(async () => {
    sigstore = await loopbackSigstore(freshFolder());
    live = await releasedSite(`
  identity-regexp: '^https://github\\.com/owner/shop/\\.github/workflows/release\\.yml@refs/tags/v.+$'
  issuer: ${sigstore.issuer}
  repository: owner/shop
  trusted-root: trusted-root.json`);
    copyFileSync(sigstore.trustedRoot, join(live.workspace, "trusted-root.json"));
    copyFileSync(sigstore.signingConfig, join(live.workspace, "signing-config.json"));
  });
  afterAll(async () => {
    await live.close();
    await sigstore[Symbol.asyncDispose]();
  });

  /** A release that cosign-sign signed in a run of `workflow`. */
  async function signedIn(workflow: string, repository = "owner/shop") {
    count += 1;
    const release = await live.pack(`3.${count}.0`);
    const signed = await runAction("cosign-sign", {
      workspace: live.workspace,
      env: { PATH, ...sigstore.envOf({ workflowRef: workflow, repository }) },
      inputs: {
        "subject-path": basename(release.archivePath),
        "subject-digest": release.digest,
        "signing-config": "signing-config.json",
        "trusted-root": "trusted-root.json",
      },
    });
    expect(signed.code, signed.log).toBe(0);
    return release;
  }

  it("places what that workflow signed in a run for a tag", async () => {
    const workflow = "owner/shop/.github/workflows/release.yml@refs/tags/v3.1.0";
    const release = await signedIn(workflow);
    const result = await live.deploy(release, { PATH });
    expect(result.code, result.log).toBe(0);
    const gate = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(gate.statement?.predicate.verification).toMatchObject({
      mode: "identity",
      by: `https://github.com/${workflow}`,
      logged: true,
    });
  });

  it.each([
    ["the same workflow for a branch", "owner/shop/.github/workflows/release.yml@refs/heads/main"],
    ["another workflow", "owner/shop/.github/workflows/ci.yml@refs/tags/v3.1.0"],
    ["another repository's", "owner/shop-fork/.github/workflows/release.yml@refs/tags/v3.1.0"],
  ])("refuses what %s signed", async (_, workflow) => {
    const release = await signedIn(workflow);
    const refused = await live.deploy(release, { PATH });
    expect(refused.code, refused.log).toBe(1);
    expect(refused.log).toContain("::error title=deploy%3A signature-invalid");
    expect(refused.log).toContain(`this one is by a certificate of https://github.com/${workflow}`);
    const { present } = await live.status();
    expect(present.map(({ digest }) => digest)).not.toContain(release.digest);
  });

  it("refuses what another repository signed by calling that workflow", async () => {
    const workflow = "owner/shop/.github/workflows/release.yml@refs/tags/v3.1.0";
    const release = await signedIn(workflow, "somebody/else");
    const refused = await live.deploy(release, { PATH });
    expect(refused.log).toContain("::error title=deploy%3A signature-invalid");
  });

  it("refuses it also where the job's environment tells cosign to look away", async () => {
    const release = await signedIn("owner/shop/.github/workflows/ci.yml@refs/tags/v3.1.0");
    const env = {
      COSIGN_CERTIFICATE_IDENTITY_REGEXP: ".*",
      COSIGN_INSECURE_IGNORE_TLOG: "true",
      COSIGN_CHECK_CLAIMS: "false",
    };
    const refused = await live.deploy(release, { PATH, ...env });
    expect(refused.log).toContain("::error title=deploy%3A signature-invalid");
  });
});
