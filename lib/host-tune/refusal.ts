import { causes, SluiceError } from "../error.ts";

/** Why the kernel did not take a value. `code` is its own name for it, such as EINVAL. */
export interface Refusal {
  code: string | null;
  why: string;
}

export function refusalOf(error: unknown): Refusal {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  return { code, why: causes(error).join(": ") };
}

/** The setting that was refused, as people read it. */
export interface RefusedSetting {
  key: string;
  wanted: string;
  found: string;
  /** The values that its file offers; empty when it takes any. */
  accepted: readonly string[];
}

/** The error for a setting that the kernel did not take; `left` could not be put back either. */
export function refused(
  { key, wanted, found, accepted }: RefusedSetting,
  { code, why }: Refusal,
  left: readonly string[],
): SluiceError {
  const offered = accepted.length > 0 ? `; accepted: ${accepted.join(", ")}` : "";
  const rest = left.length > 0 ? `; and not put back: ${left.join("; ")}` : "";
  const outcome =
    left.length > 0
      ? "what was there before is still stored"
      : "what this run had changed was put back";
  return new SluiceError(
    "refused",
    `${key} cannot be made ${wanted} (it is ${found}): ${why}${offered}${rest}`,
    { hint: `${nextStep(code)}; ${outcome}` },
  );
}

function nextStep(code: string | null): string {
  switch (code) {
    case "EROFS":
      return "the folder is read-only here, as in a container: run it on the host itself";
    case "EACCES":
    case "EPERM":
      return "run it as root on the host itself, not in a container";
    case "EINVAL":
    case "ERANGE":
      return "this kernel does not take that value for this key: give one that it takes";
    default:
      return "look at what this kernel says of the key";
  }
}

export function notPutBack(left: readonly string[]): SluiceError {
  return new SluiceError("refused", `not put back: ${left.join("; ")}`, {
    hint: "what was there before is still stored; run it again as root, or boot the machine",
  });
}
