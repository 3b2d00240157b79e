import { z } from "zod";
import { appendTo, commandFileText } from "./command-file.ts";

/** What `post` will need. Written at once, since `post` must know it even when `run` is killed. */
export interface State<S> {
  save(state: S): void;
}

const NAME = "sluice";

export function createState<S>(env: NodeJS.ProcessEnv): State<S> {
  return {
    save(state) {
      appendTo(env.GITHUB_STATE, commandFileText({ [NAME]: JSON.stringify(state) }));
    },
  };
}

/** What `run` saved last; undefined when it saved nothing, or something that `schema` does not accept. */
export function savedState<S extends z.ZodType>(
  schema: S | undefined,
  env: NodeJS.ProcessEnv,
): z.output<S> | undefined {
  const text = env[`STATE_${NAME}`];
  if (!schema || !text) return undefined;
  const result = schema.safeParse(z.string().transform(parseJson).safeParse(text).data);
  return result.success ? result.data : undefined;
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return undefined;
  }
}
