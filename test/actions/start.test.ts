import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { actionNames } from "../../scripts/generate/discover.ts";
import { runStep } from "../lib/action/support/runner.ts";
import { freshFolder } from "../support/fresh-folder.ts";

const root = join(import.meta.dirname, "..", "..");
const names = actionNames(root);

describe("what ships, actions/NAME/index.js on the committed bundle", () => {
  it.each(names)(
    "%s refuses an input that it does not have, before it does anything",
    async (name) => {
      const result = await runStep(join(root, "actions", name, "index.js"), [], {
        "INPUT_NO-SUCH-INPUT": "x",
      });
      expect(result.code).toBe(1);
      expect(result.log.slice(0, 2_000)).toContain(
        `::error title=${name}%3A wrong input no-such-input::`,
      );
    },
  );

  it("keeps what it compiled in the runner's tool cache, and nowhere else", async () => {
    const toolCache = freshFolder();
    const temporary = freshFolder();
    const env = { RUNNER_TOOL_CACHE: toolCache, TMPDIR: temporary };
    await runStep(join(root, "actions", "build", "index.js"), [], env);
    expect(existsSync(join(toolCache, "sluice-compile-cache"))).toBe(true);
    expect(existsSync(join(temporary, "node-compile-cache"))).toBe(false);
  });
});
