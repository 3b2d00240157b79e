import { z } from "zod";
import { type Context, defineAction, expression, fieldOf, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";
import {
  cacheKind,
  imageKind,
  limitKind,
  mirrorKind,
  packageTypeKind,
  placeKind,
  scannerKind,
  severityKind,
} from "./kinds.ts";
import { mustGoTogether, SCAN_TYPES } from "./together.ts";

const inputs = z
  .object({
    "scan-type": input.enum(SCAN_TYPES, {
      description:
        "What is scanned: an `image`, a folder (`fs`, `rootfs`, `repo`), only its configuration (`config`), an `sbom`, or the `archive` that the build action made.",
      default: "image",
    }),
    "image-ref": fieldOf(imageKind, {
      description: "The image in its registry. It is read from there; no daemon is asked.",
      optional: true,
    }),
    input: input.path({
      description: "An image as a tar file, in place of image-ref.",
      optional: true,
    }),
    "scan-ref": fieldOf(placeKind, {
      description:
        "The folder or file to scan; for `repo` also a URL; for `archive` the tar.gz or the folder that holds it.",
      default: ".",
    }),
    scanners: input.listOf(scannerKind, {
      description:
        "What is looked for. Usually vuln, misconfig and secret; vuln and secret for image and rootfs; misconfig for config; vuln for sbom.",
      optional: true,
    }),
    severity: input.listOf(severityKind, {
      description: "Findings of these severities count, for every output.",
      default: "HIGH,CRITICAL",
    }),
    "ignore-unfixed": input.boolean({
      description: "Vulnerabilities that nobody has fixed yet do not count.",
      default: "false",
    }),
    limits: input.listOf(limitKind, {
      description:
        "How many counting findings of a scanner are still accepted; none unless it says so.",
      optional: true,
    }),
    "allowed-licenses": input.list({
      description:
        "With `license` among the scanners: the SPDX ids that may be used. Every other licence counts, whatever its severity. Without it the severity decides.",
      optional: true,
    }),
    trivyignores: input.list({
      description:
        "Exceptions: .trivyignore.yaml files (id, paths, purls, expired_at, statement) or plain .trivyignore ones. By default the ones in the workspace's root.",
      optional: true,
    }),
    vex: input.list({
      description: "VEX documents: OpenVEX or CycloneDX, as JSON.",
      optional: true,
    }),
    "vex-max-age-days": input.number({
      description: "VEX statements that are older no longer hold.",
      min: 1,
      integer: true,
      optional: true,
    }),
    "must-cover": input.listOf(scannerKind, {
      description:
        "Of the scanners, those that must have had something to look at, or the gate is inconclusive. When none had anything, it always is.",
      default: "vuln",
    }),
    "exit-code": input.enum(["1", "0"], {
      description: "0: the step ends well whatever was found, and `passed` and `gate` tell it.",
      default: "1",
    }),
    "vuln-type": input.listOf(packageTypeKind, {
      description: "Which packages are looked at.",
      default: "os,library",
    }),
    "skip-dirs": input.list({
      description: "Folders, as globs, that are not scanned.",
      optional: true,
    }),
    "skip-files": input.list({
      description: "Files, as globs, that are not scanned.",
      optional: true,
    }),
    "trivy-config": input.path({
      description:
        "A trivy.yaml for trivy's other settings; one that is not named here is not read. What decides is decided by this action all the same.",
      optional: true,
    }),
    "ignore-policy": input.path({
      description: "Rego by which trivy sets findings aside. How many they were is told.",
      optional: true,
    }),
    timeout: input.duration({
      description: "How long the scan, and before it the database, may take.",
      default: "10m",
    }),
    version: input.text({ description: "The version of trivy.", default: "0.74.0" }),
    "cache-dir": fieldOf(cacheKind, {
      description: "Where the vulnerability database is kept between runs.",
      default: ".cache/trivy",
    }),
    "db-repository": input.listOf(mirrorKind, {
      description:
        "Where the vulnerability database is fetched from: mirrors, asked in this order.",
      default: "mirror.gcr.io/aquasec/trivy-db:2,ghcr.io/aquasecurity/trivy-db:2",
    }),
    "java-db-repository": input.listOf(mirrorKind, {
      description: "The same for the index of jar files.",
      optional: true,
    }),
    "skip-db-update": input.boolean({
      description: "Use the database in cache-dir as it is, and ask no mirror.",
      default: "false",
    }),
    "skip-check-update": input.boolean({
      description:
        "Check configuration by the checks that are part of trivy, which no update changes.",
      default: "true",
    }),
    "offline-scan": input.boolean({
      description: "Ask no package registry about dependencies.",
      default: "false",
    }),
    "subject-name": input.text({
      description:
        "What the statement calls what was scanned. By default the file's or the image's name.",
      optional: true,
    }),
    "subject-digest": input.digest({
      description: "What must be scanned, for archive and image: other bytes are refused.",
      optional: true,
    }),
    "output-dir": input.path({
      description: "The folder for report.json, findings.sarif, sbom.cdx.json and sbom.spdx.json.",
      default: "trivy-scan",
    }),
    "upload-sarif": input.boolean({
      description: "Show the findings in code scanning; needs `security-events: write`.",
      default: "false",
    }),
    category: input.text({
      description: "Tells several scans of one commit apart in code scanning.",
      default: "trivy-scan",
    }),
    token: input.secret({
      description: "For upload-sarif.",
      default: expression("github.token"),
      optional: true,
    }),
  })
  .superRefine(mustGoTogether);

const outputs = z.object({
  gate: Gate.describe("What this gate decided and why, as JSON, with its statement."),
  passed: z.boolean().describe("Whether nothing counts that is not accepted."),
  counts: z
    .unknown()
    .describe("Findings by severity, as JSON: all that were `found`, and the `counting` ones."),
  report: z.string().describe("Trivy's JSON, without the lines of code around findings."),
  sarif: z.string().describe("SARIF 2.1.0 of the findings that count."),
  sbom: z.string().optional().describe("The software bill of materials, as CycloneDX."),
  spdx: z.string().optional().describe("The same as SPDX."),
  "findings-digest": z
    .string()
    .describe("sha256 of what was found and decided, whatever the order."),
  "report-digest": z.string().describe("sha256 of the file `report`."),
  "cache-dir": z.string().describe("Where the database is kept, for actions/cache."),
  "cache-key": z.string().describe("A key for that cache; another one every day."),
  "sarif-upload": z
    .string()
    .optional()
    .describe("With upload-sarif: `uploaded`, or why it could not be."),
});

export type ScanContext = Context<typeof inputs, typeof outputs>;
export type ScanInputs = z.output<typeof inputs>;
export type ScanOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "trivy-scan",
  description:
    "Scans once with trivy, decides by one rule, and tells it everywhere: gate, counts, SARIF, SBOM, summary, annotations.",
  branding: { icon: "search", color: "blue" },
  inputs,
  outputs,
  run: async (context) => (await import("./trivy-scan.ts")).trivyScan(context),
});
