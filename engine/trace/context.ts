import { randomBytes } from "node:crypto";

/** Whose child a span is: W3C Trace Context. */
export interface TraceContext {
  traceId: string;
  /** Null where the trace begins here. */
  parentId: string | null;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;
const SAMPLED = 1;

/**
 * The trace that a request belongs to, or null when it is not to be traced. Who asks decides; of requests that say nothing, `share`
 * begin a trace. A header that is wrong is as good as none.
 */
export function contextOf(header: string | undefined, share: number): TraceContext | null {
  const [, traceId, parentId, flags] = TRACEPARENT.exec(header ?? "") ?? [];
  const isValid = !/^0*$/.test(traceId ?? "") && !/^0*$/.test(parentId ?? "");
  if (traceId !== undefined && parentId !== undefined && isValid && !header?.startsWith("ff")) {
    return Number.parseInt(flags ?? "0", 16) & SAMPLED ? { traceId, parentId } : null;
  }
  if (share === 0 || Math.random() >= share) return null;
  return { traceId: newId(16), parentId: null };
}

export function newId(bytes: 8 | 16): string {
  return randomBytes(bytes).toString("hex");
}
