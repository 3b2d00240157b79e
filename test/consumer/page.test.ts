import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const page = readFileSync(
  join(import.meta.dirname, "../../docs/use-from-your-repository.md"),
  "utf8",
);

describe("the page for other repositories", () => {
  it.each([
    "service/package.json",
    "service/greeting.js",
    "service/main.js",
    "environments/production.yaml",
    ".github/workflows/release.yml",
  ])("shows %s as it is rehearsed", (path) => {
    const text = readFileSync(join(import.meta.dirname, "repository", path), "utf8");
    const language = path.slice(path.lastIndexOf(".") + 1).replace("yml", "yaml");
    expect(page).toContain(
      `\`\`\`${language}\n${text.replaceAll("owner/sluice", "OWNER/sluice")}\`\`\`\n`,
    );
  });
});
