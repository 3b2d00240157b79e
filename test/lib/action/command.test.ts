import * as core from "@actions/core";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { workflowCommand } from "../../../lib/action/command.ts";
import { commandFileText } from "../../../lib/action/command-file.ts";
import { createLog } from "../../../lib/action/log.ts";
import { readCommandFile } from "./support/runner.ts";

afterEach(() => void vi.restoreAllMocks());

/** What @actions/core prints: the runner's own library decides what is right. */
function printedByCore(act: () => void): string {
  let printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  act();
  vi.restoreAllMocks();
  return printed.replaceAll("\r\n", "\n");
}

function printedByUs(act: (log: ReturnType<typeof createLog>) => void): string {
  let printed = "";
  act(createLog((text) => (printed += text), {}));
  return printed;
}

describe("workflow commands", () => {
  const tricky = fc.oneof(fc.string(), fc.constantFrom("100%", "a\r\nb", "x::y", "k=v,l", "%0A"));

  it("are written as @actions/core writes them", () => {
    fc.assert(
      fc.property(tricky, tricky, (message, title) => {
        const place = { title, file: "a,b.ts" };
        expect(printedByUs((log) => log.error(message, place))).toBe(
          printedByCore(() => core.error(message, place)),
        );
        expect(printedByUs((log) => log.mask(message))).toBe(
          printedByCore(() => core.setSecret(message)),
        );
        expect(printedByUs((log) => log.debug(message))).toBe(
          printedByCore(() => core.debug(message)),
        );
      }),
    );
  });

  it("leave out properties that say nothing", () => {
    expect(workflowCommand("notice", "m", { title: "", line: undefined })).toBe("::notice::m");
  });
});

describe("a line of the log", () => {
  it.each(["::set-env name=A::b", "  ::add-mask::x", "##[command]x", "fine\n::error::x"])(
    "is no command, whatever it quotes: %j",
    (text) => expect(printedByUs((log) => log.info(text))).not.toMatch(/^\s*(::|##\[)/m),
  );

  it("is left alone otherwise", () => {
    expect(printedByUs((log) => log.info("a :: b"))).toBe("a :: b\n");
  });
});

describe("a group", () => {
  it("ends when its work fails", async () => {
    let printed = "";
    const log = createLog((text) => (printed += text), {});
    await expect(log.group("work", () => Promise.reject(new Error("x")))).rejects.toThrow("x");
    expect(printed).toBe("::group::work\n::endgroup::\n");
  });
});

describe("command files", () => {
  it("give back any value, also one that looks like an end", () => {
    const value = fc.oneof(fc.string(), fc.constantFrom("a\nb", "sluice_x", "", "A<<B\n1\nB"));
    fc.assert(
      fc.property(value, value, (one, two) => {
        expect(readCommandFile(commandFileText({ one, two }))).toEqual({ one, two });
      }),
    );
  });
});
