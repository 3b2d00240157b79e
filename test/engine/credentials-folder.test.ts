import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../engine/config.ts";
import { withCredentials } from "../../engine/os/credentials.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function withFolder(files: Record<string, string>, use: (folder: string) => void) {
  const folder = await temporaryFolder();
  try {
    const credentials = join(folder.path, "credentials");
    mkdirSync(credentials);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(credentials, name), text);
    use(credentials);
  } finally {
    await folder.remove();
  }
}

test("settings are read from systemd's credentials, and from nothing else that lies there", async () => {
  const secret = "0123456789abcdef0123456789abcdef";
  await withFolder({ JWT_SECRET: `${secret}\n`, "incident-webhook": "https://x" }, (folder) => {
    const env = withCredentials({ PORT: "1", CREDENTIALS_DIRECTORY: folder });
    expect(env).toEqual({ PORT: "1", CREDENTIALS_DIRECTORY: folder, JWT_SECRET: secret });
    expect(readConfig(env).jwtSecret).not.toBeNull();
  });
  expect(withCredentials({ PORT: "1" })).toEqual({ PORT: "1" });
});

test("one that is also a variable is refused, without its value", async () => {
  await withFolder({ JWT_SECRET: "one" }, (folder) => {
    const both = { JWT_SECRET: "two", CREDENTIALS_DIRECTORY: folder };
    expect(() => withCredentials(both)).toThrow(
      /^JWT_SECRET is given as a variable and as a credential$/,
    );
  });
});

test("a folder that can't be read is refused", () => {
  expect(() => withCredentials({ CREDENTIALS_DIRECTORY: "/nonexistent/credentials" })).toThrow(
    "can't be read",
  );
});
