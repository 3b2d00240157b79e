import { describe, expect, it } from "vitest";
import { gapOf } from "../../../lib/scan/gap.ts";
import { readReport } from "../../../lib/scan/read-report.ts";
import { decide, type Rule } from "../../../lib/scan/rule.ts";
import { NOW, ruleOf, SEEN } from "./finding-of.ts";

const OF_ITS_SYSTEM = {
  Target: "image (alpine 3.3.0)",
  Class: "os-pkgs",
  Packages: [{ Name: "musl", Version: "1" }],
};
const OF_LANGUAGE = {
  Target: "Node.js",
  Class: "lang-pkgs",
  Packages: [{ Name: "a", Version: "1" }],
};

function gap(OS: object | undefined, Results: object[] = [OF_ITS_SYSTEM, OF_LANGUAGE]) {
  const Metadata = OS && { OS };
  const text = JSON.stringify({
    ...{ SchemaVersion: 2, ArtifactName: "image", ArtifactType: "container_image" },
    ...{ Metadata, Results },
  });
  return gapOf(readReport(text));
}

describe("an image whose packages nobody can judge", () => {
  it("is told: of a system that trivy does not know", () => {
    expect(gap({ Family: "none", Name: "" }, [OF_LANGUAGE])).toContain("does not know");
  });

  it("is told: of a release that gets no updates any more", () => {
    const told = gap({ Family: "alpine", Name: "3.3.0", EOSL: true });
    expect(told).toBe(
      "alpine 3.3.0 gets no security updates any more, so nobody says what is vulnerable in it",
    );
  });

  it("is told: without the list of what is installed", () => {
    expect(gap({ Family: "debian", Name: "13" }, [OF_LANGUAGE])).toContain("is missing");
  });

  it("is none of those that were judged, or that have no system at all", () => {
    expect(gap({ Family: "alpine", Name: "3.23.0" })).toBeUndefined();
    expect(gap(undefined, [OF_LANGUAGE])).toBeUndefined();
  });

  it("is inconclusive, unless it need not be covered or nobody asked for vulnerabilities", () => {
    const decided = (rule: Partial<Rule>) => decide([], SEEN, ruleOf(rule), NOW, "a gap");
    expect(decided({ mustCover: ["vuln"] })).toMatchObject({
      outcome: "inconclusive",
      reasons: ["a gap"],
    });
    expect(decided({ mustCover: [] }).outcome).toBe("passed");
    expect(decided({ mustCover: ["vuln"], scanners: ["secret"] }).outcome).toBe("passed");
  });
});
