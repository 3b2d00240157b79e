import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandEnv, runCommand } from "../../../actions/build/command.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { isAlive, until } from "../../support/until.ts";

const KEY = ["-----BEGIN ENCRYPTED SIGSTORE", "PRIVATE KEY-----\nnone\n"].join(" ");

describe("what a build's command is told by the environment", () => {
  it("is what the step has, but not the inputs", () => {
    expect(commandEnv({ PATH: "/bin", NPM_TOKEN: "for packages", INPUT_NAME: "a" }, 5)).toEqual({
      PATH: "/bin",
      NPM_TOKEN: "for packages",
      SOURCE_DATE_EPOCH: "5",
    });
  });

  it("is nothing by which it could sign in the name of the workflow", () => {
    const env = {
      COSIGN_PRIVATE_KEY: KEY,
      COSIGN_PASSWORD: "secret",
      MY_RELEASE_KEY: KEY,
      SIGSTORE_ID_TOKEN: "token",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "token",
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.com",
      ACTIONS_RUNTIME_TOKEN: "token",
      PATH: "/bin",
    };
    expect(Object.keys(commandEnv(env, 5)).sort()).toEqual(["PATH", "SOURCE_DATE_EPOCH"]);
  });
});

describe("a build's command that has ended well", () => {
  it("leaves nothing of its group running, which could still write to what is packed", async () => {
    const cwd = freshFolder();
    await runCommand({
      text: "sleep 600 & echo $! > left",
      cwd,
      env: { PATH: process.env.PATH },
      timeoutMs: 60_000,
      signal: new AbortController().signal,
    });
    const left = Number(readFileSync(join(cwd, "left"), "utf8"));
    await until("what it left is gone", () => !isAlive(left));
  });
});
