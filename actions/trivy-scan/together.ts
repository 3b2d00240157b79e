import type { z } from "zod";
import type { Scanner } from "../../lib/scan/finding.ts";
import type { ScanPlace } from "./kinds.ts";

export const SCAN_TYPES = ["image", "fs", "config", "sbom", "repo", "rootfs", "archive"] as const;

export type ScanType = (typeof SCAN_TYPES)[number];

/** What can be looked for, by what is scanned. */
const POSSIBLE: Readonly<Record<ScanType, readonly Scanner[]>> = {
  image: ["vuln", "misconfig", "secret", "license"],
  fs: ["vuln", "misconfig", "secret", "license"],
  repo: ["vuln", "misconfig", "secret", "license"],
  rootfs: ["vuln", "misconfig", "secret", "license"],
  archive: ["vuln", "misconfig", "secret", "license"],
  config: ["misconfig"],
  sbom: ["vuln", "license"],
};

/** What is looked for unless the user says so. */
const USUAL: Readonly<Record<ScanType, readonly Scanner[]>> = {
  ...POSSIBLE,
  image: ["vuln", "secret"],
  fs: ["vuln", "misconfig", "secret"],
  repo: ["vuln", "misconfig", "secret"],
  rootfs: ["vuln", "secret"],
  archive: ["vuln", "misconfig", "secret"],
  sbom: ["vuln"],
};

export function scannersOf(type: ScanType, asked: readonly Scanner[] | undefined) {
  return asked ? [...new Set(asked)] : USUAL[type];
}

interface Given {
  "scan-type": ScanType;
  "image-ref": string | undefined;
  input: string | undefined;
  "scan-ref": ScanPlace;
  scanners: Scanner[] | undefined;
  limits: ReadonlyArray<readonly [scanner: Scanner, limit: number]> | undefined;
  "allowed-licenses": string[] | undefined;
  "must-cover": readonly Scanner[];
  "subject-digest": string | undefined;
  "upload-sarif": boolean;
  token: string | undefined;
}

/** What each input accepts by itself, and what does not go together. */
export function mustGoTogether(given: Given, context: z.RefinementCtx): void {
  const refuse = (name: keyof Given, message: string) =>
    context.addIssue({ code: "custom", path: [name], message });
  const type = given["scan-type"];
  const images = [given["image-ref"], given.input].filter((one) => one !== undefined).length;
  if (type === "image" && images !== 1) {
    refuse("image-ref", "scan-type image needs either image-ref or input (a tar file)");
  }
  if (type !== "image" && given["image-ref"] !== undefined) {
    refuse("image-ref", `only scan-type image reads it, and this is ${type}`);
  }
  if (type !== "image" && given.input !== undefined) {
    refuse("input", `only scan-type image reads it, and this is ${type}; give scan-ref`);
  }
  if (given["scan-ref"].kind === "url" && type !== "repo") {
    refuse("scan-ref", `only scan-type repo takes a URL, and this is ${type}`);
  }
  const impossible = (given.scanners ?? []).filter((one) => !POSSIBLE[type].includes(one));
  if (impossible.length > 0) {
    refuse(
      "scanners",
      `scan-type ${type} cannot look for ${impossible.join(", ")}; it looks for ${POSSIBLE[type].join(", ")}`,
    );
  }
  refuseIdleWords(given, refuse);
  if (type === "archive" && given["subject-digest"] === undefined) {
    refuse("subject-digest", "scan-type archive needs it: only the promised bytes are scanned");
  }
  if (type !== "archive" && type !== "image" && given["subject-digest"] !== undefined) {
    refuse("subject-digest", `what scan-type ${type} looks at has no digest that could be checked`);
  }
  if (given.input !== undefined && given["subject-digest"] !== undefined) {
    refuse("subject-digest", "a tar file of an image does not say its digest; give image-ref");
  }
  if (given["upload-sarif"] && given.token === undefined) {
    refuse("token", "upload-sarif needs one");
  }
}

/** Who writes a word believes that it is heeded; of a scanner that nobody asked for it would not be. */
function refuseIdleWords(given: Given, refuse: (name: keyof Given, message: string) => void): void {
  const scanners = scannersOf(given["scan-type"], given.scanners);
  const idle = (words: readonly Scanner[]) => words.filter((one) => !scanners.includes(one));
  const asked = `is looked for by none of the scanners: ${scanners.join(", ")}; name it in scanners`;
  if (given["allowed-licenses"] !== undefined && !scanners.includes("license")) {
    refuse("allowed-licenses", `license ${asked}`);
  }
  const limited = idle((given.limits ?? []).map(([scanner]) => scanner));
  if (limited.length > 0) refuse("limits", `${limited.join(", ")} ${asked}`);
  // The default is for all scan types, and nobody wrote it.
  const uncovered = idle(given["must-cover"]).filter((one) => one !== "vuln");
  if (uncovered.length > 0) refuse("must-cover", `${uncovered.join(", ")} ${asked}`);
}
