import { z } from "zod";
import type { Service } from "../../../environment/environment.ts";
import type { Digest } from "../../../units/digest.ts";
import { parseDigest } from "../../../units/digest.ts";
import { WriteQueue } from "../../../write-queue.ts";
import type { Release } from "../../target.ts";
import { readIfThere, writeAtomically } from "./atomic-file.ts";

const digestSchema = z.string().transform((text, context): Digest => {
  const digest = parseDigest(text);
  if (digest) return digest;
  context.addIssue({ code: "custom", message: "not a sha256 digest" });
  return z.NEVER;
});

export const releaseSchema = z.object({
  name: z.string(),
  version: z.string(),
  commit: z.string(),
  digest: digestSchema,
}) satisfies z.ZodType<Release>;

export const weightsSchema = z.object({
  blue: z.int().min(0).max(100),
  green: z.int().min(0).max(100),
  baseline: z.int().min(0).max(100).exactOptional(),
});

export const slotSchema = z.enum(["blue", "green"]);
export const anySlotSchema = z.enum(["blue", "green", "baseline"]);

export const holderSchema = z.object({ key: z.string().min(1), description: z.string() });

const leaseSchema = z.object({
  holder: holderSchema,
  token: z.int().positive(),
  sinceMs: z.number(),
  expiresAtMs: z.number(),
});

/** The environment room has checked it; it comes back as it went. */
export const serviceSchema = z
  .looseObject({ name: z.string(), start: z.array(z.string()).min(1) })
  .transform((service) => service as unknown as Service);

const processSchema = z.object({
  name: z.string(),
  port: z.int(),
  metricsPort: z.int(),
  pid: z.int().positive(),
  /** Tells this process from a later one that was given the same pid. */
  startTime: z.string(),
});

const occupantSchema = z.object({
  release: releaseSchema,
  service: serviceSchema,
  folder: z.string(),
  processes: z.array(processSchema),
});

const recordSchema = z.object({
  schema: z.literal(1),
  /** Kept across restarts, so that port 0 means one free port for the life of the site. */
  port: z.int().nullable(),
  weights: weightsSchema,
  lease: leaseSchema.nullable(),
  lastToken: z.int().nonnegative(),
  /** What runs beside stable, so that it is ended also when the supervisor was killed. */
  shadow: processSchema.pick({ pid: true, startTime: true }).nullable().default(null),
  slots: z.object({
    blue: occupantSchema.nullable(),
    green: occupantSchema.nullable(),
    baseline: occupantSchema.nullable().default(null),
  }),
});

export type ProcessRecord = z.output<typeof processSchema>;
export type OccupantRecord = z.output<typeof occupantSchema>;
export type SiteRecord = z.output<typeof recordSchema>;

const EMPTY_RECORD: SiteRecord = {
  schema: 1,
  port: null,
  weights: { blue: 0, green: 0 },
  lease: null,
  lastToken: 0,
  shadow: null,
  slots: { blue: null, green: null, baseline: null },
};

export async function readRecord(path: string): Promise<SiteRecord> {
  const text = await readIfThere(path);
  return text === null ? EMPTY_RECORD : recordSchema.parse(JSON.parse(text));
}

/** What the supervisor must know again after it was killed: saved before it is relied on. */
export class RecordFile {
  readonly #path: string;
  readonly #queue = new WriteQueue();
  #record: SiteRecord;

  private constructor(path: string, record: SiteRecord) {
    this.#path = path;
    this.#record = record;
  }

  static async open(path: string): Promise<RecordFile> {
    return new RecordFile(path, await readRecord(path));
  }

  get record(): SiteRecord {
    return this.#record;
  }

  /** In memory at once, on disk when this resolves. */
  change(part: Partial<SiteRecord>): Promise<void> {
    this.#record = { ...this.#record, ...part };
    return this.#queue.run(() =>
      writeAtomically(this.#path, `${JSON.stringify(this.#record, null, 1)}\n`),
    );
  }
}
