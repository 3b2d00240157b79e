/** How a publisher names and signs what belongs to one release. `v` is the version, without a `v` before it. */
export interface Recipe {
  repository: string;
  /** The file with the sums of all others. */
  checksums: (v: string) => string;
  /** Who signed that file, in a Sigstore bundle beside it; absent where the publisher signs nothing. */
  signer?: (v: string) => { identity: string; issuer: string };
  assets: Readonly<Record<string, (v: string) => Asset>>;
}

export interface Asset {
  file: string;
  /** Where the program is in it; absent where it is the program. */
  program?: string;
}

const ACTIONS = "https://token.actions.githubusercontent.com";

export const RECIPES: Readonly<Record<string, Recipe>> = {
  actionlint: {
    repository: "rhysd/actionlint",
    checksums: (v) => `actionlint_${v}_checksums.txt`,
    assets: everywhere((os, arch) => (v) => ({
      file: `actionlint_${v}_${os}_${arch}.tar.gz`,
      program: "actionlint",
    })),
  },
  cosign: {
    repository: "sigstore/cosign",
    checksums: () => "cosign_checksums.txt",
    signer: () => ({
      identity: "keyless@projectsigstore.iam.gserviceaccount.com",
      issuer: "https://accounts.google.com",
    }),
    assets: everywhere((os, arch) => () => ({ file: `cosign-${os}-${arch}` })),
  },
  k6: {
    repository: "grafana/k6",
    checksums: (v) => `k6-v${v}-checksums.txt`,
    assets: everywhere((os, arch) => (v) => {
      const folder = `k6-v${v}-${os === "darwin" ? "macos" : os}-${arch}`;
      return {
        file: `${folder}.${os === "darwin" ? "zip" : "tar.gz"}`,
        program: `${folder}/k6`,
      };
    }),
  },
  trivy: {
    repository: "aquasecurity/trivy",
    checksums: (v) => `trivy_${v}_checksums.txt`,
    signer: (v) => ({
      identity: `https://github.com/aquasecurity/trivy/.github/workflows/reusable-release.yaml@refs/tags/v${v}`,
      issuer: ACTIONS,
    }),
    assets: everywhere((os, arch) => (v) => {
      const platform = `${os === "darwin" ? "macOS" : "Linux"}-${arch === "amd64" ? "64bit" : "ARM64"}`;
      return { file: `trivy_${v}_${platform}.tar.gz`, program: "trivy" };
    }),
  },
};

type Named = (os: "linux" | "darwin", arch: "amd64" | "arm64") => (v: string) => Asset;

/** By the platform's name in Node; publishers name it as Go does. */
function everywhere(named: Named): Recipe["assets"] {
  return {
    "linux-x64": named("linux", "amd64"),
    "linux-arm64": named("linux", "arm64"),
    "darwin-x64": named("darwin", "amd64"),
    "darwin-arm64": named("darwin", "arm64"),
  };
}
