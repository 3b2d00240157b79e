/** How a tool is made on this machine from what `tools/<name>/` pins. */
export type Source =
  /** A Go program; the folder holds a go.mod that requires it, and its go.sum. */
  | {
      kind: "go";
      package: string;
      ldflags: string;
      /** A feature of the Go toolchain that the program asks for (GOEXPERIMENT). */
      experiment?: string;
    }
  /** A program inside a wheel; the folder holds a requirements.txt with the wheels' digests. */
  | { kind: "wheel" }
  /** A Python program; the folder holds a requirements.txt with the digests of its own wheel and of all that it imports. */
  | { kind: "wheels" };

/** A command line program that Sluice uses, at the one version that it is tested with. */
export interface Tool {
  name: string;
  version: string;
  /** What makes it print its version. */
  versionArgs: readonly string[];
  /** Finds the version in what that printed; the first group. */
  versionPattern: RegExp;
  source: Source;
  /** How long making it took on two cores with nothing in any cache: said before the wait. */
  expectedSeconds: number;
}
