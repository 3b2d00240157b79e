/** What stops the engine before it serves: the operator's mistake, said with the next step. Exit code 2. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
  }
}
