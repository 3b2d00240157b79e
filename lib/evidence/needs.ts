import { z } from "zod";

export const JobResult = z.enum(
  ["success", "failure", "cancelled", "skipped"],
  "success, failure, cancelled or skipped",
);

/** `toJSON(needs)`: how each earlier job ended, and what it put out. */
export const Needs = z.record(
  z.string(),
  z.object({
    result: JobResult,
    outputs: z.record(z.string(), z.string().nullable(), "the job's outputs, as texts").default({}),
  }),
  "an object of jobs: ${{ toJSON(needs) }}",
);

export type Needs = z.infer<typeof Needs>;
export type Job = Needs[string];

/** The text of an output; undefined when the job never wrote it, which GitHub shows as an empty text. */
export function outputOf(job: Job, name: string): string | undefined {
  const text = job.outputs[name];
  return text === undefined || text === null || text.trim() === "" ? undefined : text;
}

/** The first output called `name` in any job that `schema` accepts. */
export function firstOutput<S extends z.ZodType>(
  needs: Needs,
  name: string,
  schema: S,
): z.output<S> | undefined {
  for (const job of Object.values(needs)) {
    const text = outputOf(job, name);
    const read = text === undefined ? undefined : schema.safeParse(parseJson(text));
    if (read?.success) return read.data;
  }
  return undefined;
}

/** The value of a JSON text; a text that is no JSON is itself. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
