/**
 * The one error that crosses a border of Sluice. `code` is a closed list so that a caller can switch on it;
 * `hint` is the next step for the person who reads it.
 */
export class SluiceError extends Error {
  override readonly name = "SluiceError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

export type ErrorCode =
  /** What the user wrote cannot be accepted; nothing was done. */
  | "invalid-input"
  | "invalid-environment"
  | "invalid-workflow"
  /** Bytes are not the ones that were promised. */
  | "digest-mismatch"
  /** There is no signature where one is demanded. */
  | "unsigned"
  /** There is a signature, and it is not by whom it must be, or not of these bytes. */
  | "signature-invalid"
  | "signing-failed"
  /** The public log, or another service without which nothing can be signed or checked, does not answer. */
  | "transparency-log-unavailable"
  | "build-failed"
  /** The candidate did not become, or did not stay, healthy. */
  | "unhealthy"
  | "smoke-failed"
  /** Beside stable the candidate did something else, or could not show that it does the same. */
  | "shadow-failed"
  /** A load test that measured nothing, or measured what is not allowed. */
  | "load-failed"
  /** Somebody else holds the rollout. */
  | "lease-held"
  /** We no longer hold the rollout: renewed too late, or taken over. */
  | "lease-lost"
  /** A compare-and-swap found another version. */
  | "lost-race"
  | "no-such-release"
  | "target-unreachable"
  | "port-in-use"
  /** The scanner gave nothing that could be decided on. */
  | "scan-failed"
  /** The outage of a mirror, which says nothing about the release. */
  | "database-unavailable"
  /** A gate decided against the release. */
  | "worse"
  | "findings"
  | "inconclusive"
  | "refused"
  | "cancelled"
  | "unsupported"
  | "internal";

/** The message of an error and of everything that caused it, outermost first. */
export function causes(error: unknown): string[] {
  const messages: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && messages.length < 10) {
    messages.push(current.message);
    current = current.cause;
  }
  if (current !== undefined && !(current instanceof Error)) messages.push(String(current));
  return messages;
}
