import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanEnv } from "../../../lib/signing/cosign.ts";
import { policyArgs, policyOf } from "../../../lib/signing/policy.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PEM = publicKey.export({ type: "spki", format: "pem" }).toString();

const byKey = (key: string) => ({ by: "key" as const, key, transparencyLog: false });

describe("the policy of a key", () => {
  it("is the same from a file and from a variable, whatever its line ends", async () => {
    const file = join(freshFolder(), "sluice.pub");
    writeFileSync(file, PEM.replaceAll("\n", "\r\n"));
    const fromFile = await policyOf(byKey(file), {});
    expect(await policyOf(byKey("env://KEY"), { KEY: PEM })).toEqual(fromFile);
  });

  it("keeps the key out of the arguments", async () => {
    const { args, env } = policyArgs(await policyOf(byKey("env://KEY"), { KEY: PEM }));
    expect(args.join(" ")).not.toContain("BEGIN");
    expect(Object.values(env)).toEqual([PEM]);
  });

  it.each([
    ["an empty variable", "env://NOBODY", "is empty"],
    ["a path to nothing", "/nonexistent/sluice.pub", "cannot read"],
  ])("is refused from %s", async (_, key, message) => {
    await expect(policyOf(byKey(key), {})).rejects.toThrow(message);
  });

  it("is refused from a private key, and shows nothing of it", async () => {
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const error = await policyOf(byKey("env://KEY"), { KEY: pem }).catch((thrown: Error) => thrown);
    expect(String(error)).toContain("holds a private key");
    expect(String(error)).not.toContain(pem.split("\n")[1]);
  });

  it("ignores the log only where it is not demanded", async () => {
    const policy = await policyOf(byKey("env://KEY"), { KEY: PEM });
    expect(policyArgs(policy).args).toContain("--insecure-ignore-tlog=true");
    const demanding = { ...byKey("env://KEY"), transparencyLog: true };
    const { args } = policyArgs(await policyOf(demanding, { KEY: PEM }));
    expect(args.filter((arg) => arg.includes("insecure"))).toEqual([]);
  });
});

describe("the policy of an identity", () => {
  it("never looks away from the log, and names everything that it demands", () => {
    const { args } = policyArgs({
      by: "identity",
      identity: { matching: "^a$" },
      issuer: "https://issuer.example",
      repository: "owner/shop",
      trustedRoot: "/root.json",
    });
    expect(args).toEqual([
      ...["--certificate-identity-regexp", "^(?:^a$)$"],
      ...["--certificate-oidc-issuer", "https://issuer.example"],
      ...["--certificate-github-workflow-repository", "owner/shop"],
      ...["--trusted-root", "/root.json"],
    ]);
  });
});

describe("what cosign is told of a job's environment", () => {
  it("leaves out what would change its checks, and every input", () => {
    const kept = { PATH: "/bin", HOME: "/home/me", DOCKER_CONFIG: "/d", COSIGN_REPOSITORY: "r/s" };
    const withheld = {
      COSIGN_INSECURE_IGNORE_TLOG: "true",
      COSIGN_PASSWORD: "secret",
      SIGSTORE_ROOT_FILE: "/root.pem",
      SIGSTORE_ID_TOKEN: "a.b.c",
      TUF_MIRROR: "http://elsewhere",
      INPUT_KEY: "env://A",
    };
    expect(cleanEnv({ ...kept, ...withheld })).toEqual(kept);
  });
});
