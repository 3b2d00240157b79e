import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { runWorkflow } from "./rehearsed.ts";

const CORE = pathToFileURL(
  fileURLToPath(new URL("../../node_modules/@actions/core/lib/core.js", import.meta.url)),
).href;

const ACTION = {
  "token/action.yml":
    "name: t\ndescription: asks for an identity\noutputs: { parts: { description: x } }\nruns: { using: node24, main: main.mjs }\n",
  "token/main.mjs": `
import { getIDToken, setOutput } from ${JSON.stringify(CORE)};
try {
  const token = await getIDToken("an-audience");
  const [, payload] = token.split(".");
  const { iss } = JSON.parse(Buffer.from(payload, "base64url").toString());
  const discovery = await (await fetch(iss + "/.well-known/openid-configuration")).json();
  const keys = await (await fetch(discovery.jwks_uri)).json();
  // The token itself is hidden everywhere, so its parts are handed on apart.
  setOutput("parts", JSON.stringify({ parts: token.split(".").map((part) => part.match(/.{1,8}/g)), keys }));
} catch (error) {
  setOutput("parts", JSON.stringify({ refused: String(error) }));
}
`,
};

const JOB = `
    runs-on: x
    outputs: { parts: "\${{ steps.t.outputs.parts }}" }
    steps: [{ id: t, uses: $/token }]`;

describe("an identity token", () => {
  it("is signed, and names the job by environment, ref and workflow", async () => {
    const { result } = await runWorkflow(
      `
on: push
permissions: { id-token: write }
jobs:
  deploy:
    environment: production${JOB}
  build:${JOB}
`,
      { files: ACTION, ref: "refs/tags/v1" },
    );
    expect(result.conclusion).toBe("success");
    const { parts, keys } = JSON.parse(result.outputs.deploy?.parts ?? "") as {
      parts: string[][];
      keys: { keys: JsonWebKey[] };
    };
    const [header = "", payload = "", signature = ""] = parts.map((part) => part.join(""));
    const key = createPublicKey({ key: keys.keys[0] ?? {}, format: "jwk" });
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))).toBe(true);
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toMatchObject({
      aud: "an-audience",
      sub: expect.stringMatching(/^repo:local\/.*:environment:production$/),
      environment: "production",
      job_workflow_ref: expect.stringMatching(/\.github\/workflows\/test\.yml@refs\/tags\/v1$/),
    });
    const other = JSON.parse(result.outputs.build?.parts ?? "") as { parts: string[][] };
    const subject = JSON.parse(
      Buffer.from(other.parts[1]?.join("") ?? "", "base64url").toString(),
    ).sub;
    expect(subject).toMatch(/:ref:refs\/tags\/v1$/);
  });

  it("is refused without id-token: write", async () => {
    const { result } = await runWorkflow(`\non: push\njobs:\n  build:${JOB}\n`, { files: ACTION });
    expect(result.outputs.build?.parts).toContain("ACTIONS_ID_TOKEN_REQUEST_URL");
  });
});
