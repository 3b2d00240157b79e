import { SluiceError } from "../error.ts";
import { nearest } from "../nearest.ts";
import type { Tool } from "./tool.ts";

/** All tools that Sluice can obtain. A version is pinned here and in `tools/<name>/`; a test holds that they agree. */
export const TOOLS = {
  actionlint: {
    name: "actionlint",
    version: "1.7.12",
    versionArgs: ["-version"],
    versionPattern: /^v?(\d\S*)/,
    source: {
      kind: "go",
      package: "github.com/rhysd/actionlint/cmd/actionlint",
      // It takes the version of the main module, which is the wrapper, unless it is told.
      ldflags: "-X github.com/rhysd/actionlint.version=1.7.12",
    },
    expectedSeconds: 30,
  },
  checkov: {
    name: "checkov",
    version: "3.3.30",
    versionArgs: ["--version"],
    versionPattern: /^(\d\S*)/,
    source: { kind: "wheels" },
    expectedSeconds: 60,
  },
  cosign: {
    name: "cosign",
    version: "3.1.2",
    versionArgs: ["version"],
    versionPattern: /^GitVersion:\s+v(\d\S*)/m,
    source: { kind: "go", package: "github.com/sigstore/cosign/v3/cmd/cosign", ldflags: "" },
    expectedSeconds: 250,
  },
  gitleaks: {
    name: "gitleaks",
    version: "8.30.1",
    versionArgs: ["version"],
    versionPattern: /^v?(\d\S*)/,
    source: {
      kind: "go",
      package: "github.com/zricethezav/gitleaks/v8",
      ldflags: "-X github.com/zricethezav/gitleaks/v8/version.Version=8.30.1",
    },
    expectedSeconds: 60,
  },
  k6: {
    name: "k6",
    version: "2.2.0",
    versionArgs: ["version"],
    versionPattern: /^k6(?:\.exe)? v(\d\S*)/,
    source: { kind: "go", package: "go.k6.io/k6/v2", ldflags: "" },
    expectedSeconds: 180,
  },
  "osv-scanner": {
    name: "osv-scanner",
    // The newest that builds with Go 1.26.
    version: "2.3.5",
    versionArgs: ["--version"],
    versionPattern: /^osv-scanner version: (\d\S*)/,
    source: {
      kind: "go",
      package: "github.com/google/osv-scanner/v2/cmd/osv-scanner",
      ldflags: "",
    },
    expectedSeconds: 200,
  },
  semgrep: {
    name: "semgrep",
    version: "1.182.0",
    // Else it asks over the network whether there is a newer one.
    versionArgs: ["--version", "--disable-version-check"],
    versionPattern: /^(\d\S*)/,
    source: { kind: "wheels" },
    expectedSeconds: 60,
  },
  trivy: {
    name: "trivy",
    version: "0.74.0",
    versionArgs: ["version", "--quiet"],
    versionPattern: /^Version: (\d\S*)/,
    source: {
      kind: "go",
      package: "github.com/aquasecurity/trivy/cmd/trivy",
      ldflags: "-X github.com/aquasecurity/trivy/pkg/version/app.ver=0.74.0",
      experiment: "jsonv2",
    },
    expectedSeconds: 1100,
  },
  zizmor: {
    name: "zizmor",
    version: "1.32.0",
    versionArgs: ["--version"],
    versionPattern: /^zizmor (\d\S*)/,
    source: { kind: "wheel" },
    expectedSeconds: 5,
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** The tool of that name. */
export function toolOf(name: string): Tool {
  if (Object.hasOwn(TOOLS, name)) return TOOLS[name as ToolName];
  throw unknown(name);
}

function unknown(name: string): SluiceError {
  const names = Object.keys(TOOLS);
  const near = nearest(name, names);
  return new SluiceError(
    "invalid-input",
    `no tool is called \`${name}\`; there are ${names.join(", ")}`,
    near ? { hint: `did you mean \`${near}\`?` } : {},
  );
}
