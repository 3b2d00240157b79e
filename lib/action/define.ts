import type { z } from "zod";
import type { Field } from "./input.ts";
import type { Log } from "./log.ts";
import type { Outputs } from "./outputs.ts";
import type { State } from "./state.ts";
import type { Summary } from "./summary.ts";

export type InputsSchema = z.ZodObject<Readonly<Record<string, Field>>>;

/** What `run` is given. */
export interface Context<I extends z.ZodObject, O extends z.ZodObject, S = never> {
  /** Already checked and typed; `run` never reads a variable for them. */
  inputs: z.output<I>;
  /** For outputs that are known early: they are written even when `run` fails afterwards. */
  outputs: Outputs<z.input<O>>;
  log: Log;
  summary: Summary;
  /** For `post`; written at once. */
  state: State<S>;
  /** Fires on SIGINT and SIGTERM. Whoever waits or changes something must listen to it. */
  signal: AbortSignal;
  /** The runner's variables; tests give their own. */
  env: NodeJS.ProcessEnv;
}

/** What `post` is given. `state` is undefined when `run` saved none. */
export interface PostContext<S> {
  state: S | undefined;
  log: Log;
  summary: Summary;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
}

export interface Action<
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodObject = z.ZodObject,
  S extends z.ZodType = z.ZodType,
> {
  /** The folder's name, and what people write after `actions/`. */
  name: string;
  /** One or two sentences; the marketplace shows the first 125 characters. */
  description: string;
  branding?: { icon: string; color: string };
  inputs: I;
  /** Each with a description. An output `gate` is filled in from the error when `run` throws. */
  outputs: O;
  /** What `run` saves for `post`. */
  state?: S;
  /**
   * Does the work and returns all outputs. To fail, throw: a SluiceError is told to the user as it is, anything
   * else is reported as our fault. Import what is heavy inside, so that a wrong input costs nothing.
   */
  run(context: Context<I, O, z.output<S>>): Promise<z.input<O>>;
  /** Runs at the end of the job, also when it is cancelled. */
  post?(context: PostContext<z.output<S>>): Promise<void>;
}

/** One action as one value: action.yml, the README's tables and the checks are made from it. */
export function defineAction<
  I extends InputsSchema,
  O extends z.ZodObject,
  S extends z.ZodType = z.ZodNever,
>(action: Action<I, O, S>): Action<I, O, S> {
  return action;
}
