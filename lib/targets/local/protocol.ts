import { z } from "zod";
import type { ErrorCode } from "../../error.ts";
import type { Version } from "../target.ts";
import { rolloutStateSchema } from "./supervisor/rollout-store.ts";
import {
  anySlotSchema,
  holderSchema,
  releaseSchema,
  serviceSchema,
  slotSchema,
  weightsSchema,
} from "./supervisor/site-record.ts";

/** What goes over the control socket: HTTP with JSON, one route per call. */
const token = z.int().positive();
const leaseMs = z.int().min(1).max(86_400_000);

export const writeRequest = z.object({
  next: rolloutStateSchema,
  version: z.string().transform((version) => version as Version),
  token,
});
export const acquireRequest = z.object({ holder: holderSchema, leaseMs });
export const renewRequest = z.object({ token, leaseMs });
export const tokenRequest = z.object({ token });
export const routeRequest = z.object({ weights: weightsSchema, token });
export const retireRequest = z.object({ slot: anySlotSchema, token });
export const placeBaselineRequest = z.object({ beside: slotSchema, token });
export const placeRequest = z.object({
  release: releaseSchema,
  slot: slotSchema,
  token,
  /** Absolute; absent when the bytes are present already. */
  archivePath: z.string().optional(),
  service: serviceSchema,
  instances: z.int().min(1).max(64),
});
export const shadowRequest = z.object({
  slot: slotSchema,
  beside: slotSchema,
  token,
  settings: z.object({
    run: z.array(z.string()).min(1),
    env: z.record(z.string(), z.string()),
    timeoutMs: z.number().positive().max(86_400_000),
  }),
});
export type ShadowRequest = z.output<typeof shadowRequest>;
export type PlaceRequest = z.output<typeof placeRequest>;

/** A SluiceError on its way through the socket. */
export const errorReply = z.object({
  error: z.object({
    code: z.string().transform((code) => code as ErrorCode),
    message: z.string(),
    hint: z.string().optional(),
    cause: z.string().optional(),
  }),
});
export type ErrorReply = z.input<typeof errorReply>;

/** What `sluice site status` shows besides the target's own status. */
export interface SiteInfo {
  environment: string;
  url: string;
  pid: number;
  startedAtMs: number;
}
