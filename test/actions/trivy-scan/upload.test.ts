import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { plantedToken, trivyFolder, writeFiles } from "../../support/scan-folder.ts";

const trivy = await trivyFolder();

interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

describe("uploading to code scanning", () => {
  let server: Server;
  let asked: Array<{
    path: string;
    authorization: string | undefined;
    body: Record<string, string>;
  }>;
  let answers: Answer[];

  beforeEach(async (context) => {
    if ("lack" in trivy) context.skip(trivy.lack);
    asked = [];
    server = createServer(async (request, response) => {
      const body = (await json(request)) as Record<string, string>;
      asked.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      response.writeHead(answer?.status ?? 500, {
        "content-type": "application/json",
        ...answer?.headers,
      });
      response.end(JSON.stringify(answer?.body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const upload = (...given: Answer[]) => {
    answers = given;
    const workspace = freshFolder();
    writeFiles(workspace, { "deploy.sh": `TOKEN=${plantedToken()}\n` });
    return runAction("trivy-scan", {
      workspace,
      inputs: {
        "scan-type": "fs",
        scanners: "secret",
        "upload-sarif": "true",
        token: "a-token",
        "exit-code": "0",
      },
      env: {
        PATH: `${"folder" in trivy ? trivy.folder : ""}:${process.env.PATH}`,
        GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        GITHUB_SHA: "0".repeat(40),
        GITHUB_REF: "refs/heads/main",
      },
    });
  };

  it("gives GitHub the very file that is written", async () => {
    const result = await upload({ status: 202, body: { id: "47177e22" } });
    expect([result.code, result.outputs["sarif-upload"]]).toEqual([0, "uploaded"]);
    expect(asked).toHaveLength(1);
    const [{ path, authorization, body }] = asked as [(typeof asked)[number]];
    expect(path).toBe("/repos/owner/repository/code-scanning/sarifs");
    expect(authorization).toBe("token a-token");
    expect(body).toMatchObject({ commit_sha: "0".repeat(40), ref: "refs/heads/main" });
    const sarif = JSON.parse(gunzipSync(Buffer.from(body.sarif ?? "", "base64")).toString("utf8"));
    expect(sarif.runs[0].results[0].ruleId).toBe("github-pat");
  });

  it.each([
    [
      403,
      "Advanced Security must be enabled for this repository to use code scanning.",
      "plan has no code scanning",
    ],
    [403, "Resource not accessible by integration", "security-events: write"],
    [404, "Not Found", "knows no code scanning"],
  ])("says what %i, %s means, and leaves the decision as it is", async (status, message, told) => {
    const result = await upload({ status, body: { message } });
    expect([result.code, result.outputs.passed]).toEqual([0, "false"]);
    expect(result.outputs["sarif-upload"]).toContain(told);
    expect(result.log).toContain("::warning title=trivy-scan%3A code scanning::not uploaded:");
    expect(asked).toHaveLength(1);
  });

  it("asks again when GitHub is out of order for a moment", async () => {
    const result = await upload(
      { status: 502, body: { message: "Bad Gateway" } },
      { status: 202, body: {} },
    );
    expect(result.outputs["sarif-upload"]).toBe("uploaded");
    expect(asked).toHaveLength(2);
  });

  it("waits as long as GitHub asks for", async () => {
    const limited = { message: "You have exceeded a secondary rate limit." };
    const result = await upload(
      { status: 403, body: limited, headers: { "retry-after": "1" } },
      { status: 202, body: {} },
    );
    expect(result.outputs["sarif-upload"]).toBe("uploaded");
    expect(result.log).toContain("GitHub asks to wait 1 s");
  });
});
