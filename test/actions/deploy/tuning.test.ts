import { describe, expect, it } from "vitest";
import { mustBeTuned } from "../../../actions/deploy/tuning.ts";
import type { Log, Summary } from "../../../lib/action/action.ts";
import type { Environment } from "../../../lib/environment/environment.ts";
import { parseEnvironment } from "../../../lib/environment/read.ts";

/** Nobody's machine is tuned like that by chance. */
const environment = (tune: string): Environment =>
  parseEnvironment(
    `service: { name: s, start: [node, main.ts] }\ntarget: { kind: local, site: s }\n${tune}\n`,
    { file: "e.yaml", name: "lab", base: "/repository" },
  );

async function check(tune: string) {
  const told: string[] = [];
  const rows: string[][] = [];
  const log = {
    info: (text: string) => told.push(text),
    warning: (text: string) => told.push(text),
  };
  const summary = {
    heading: () => summary,
    table: (_head: string[], body: string[][]) => {
      rows.push(...body);
      return summary;
    },
  };
  const around = { log: log as unknown as Log, summary: summary as unknown as Summary };
  const error = await mustBeTuned(environment(tune), around).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { told, rows, error };
}

describe.runIf(process.platform === "linux")(
  "kernel settings that the environment asks for",
  () => {
    it("stop a deploy where a host has others, and name each", async () => {
      const { error, rows } = await check("tune: { profile: s1 }");
      expect(error?.message).toMatch(/^not as the profile s1 says: this machine: \S+ is .*, not /);
      expect(rows.length).toBeGreaterThan(0);
    });

    it("are only told where the environment says warn, and not looked at where it says ignore", async () => {
      const warned = await check("tune: { profile: s1, drift: warn }");
      expect(warned.error).toBeUndefined();
      expect(warned.told.join()).toContain("not as the profile s1 says");
      const ignored = await check("tune: { profile: s1, drift: ignore }");
      expect(ignored).toEqual({ told: [], rows: [], error: undefined });
    });

    it("are nobody's business where the file has no tune", async () => {
      expect(await check("")).toEqual({ told: [], rows: [], error: undefined });
    });

    it.each([
      ["tune: { profile: fast }", "tune.profile"],
      ["tune: { profile: s1, drift: perhaps }", "tune.drift"],
      ["tune: { profile: s1, engine-cpus: many }", "tune.engine-cpus"],
    ])("refuse %s", (tune, key) => {
      expect(() => environment(tune)).toThrow(key);
    });
  },
);
