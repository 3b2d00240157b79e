/** One piece of semantics as GitHub documents it, as a workflow that shows whether somebody has it. */
export interface Case {
  readonly says: string;
  /** Where GitHub says so. */
  readonly documented: string;
  readonly event?: string;
  /** What the commit says that the event is about. */
  readonly message?: string;
  readonly ref?: string;
  readonly inputs?: { readonly [name: string]: string };
  readonly secrets?: { readonly [name: string]: string };
  /** `test.yml` and what else it needs, below `.github/workflows`; `$DIR` is a folder for what steps write. */
  readonly files: { readonly [path: string]: string };
  /** The words after `SEEN` that steps print, sorted; and whether the run ends well. */
  readonly expect: {
    readonly seen: readonly string[];
    readonly ends: "well" | "badly" | "not started";
  };
}

export const DOCS = "https://docs.github.com/en/actions";
const SYNTAX = `${DOCS}/reference/workflows-and-actions/workflow-syntax`;

/** A section of the page about the workflow syntax. */
export const syntax = (section: string): string => `${SYNTAX}#${section}`;

/** A job of one line. */
export const job = (rest: string): string => `{ runs-on: ubuntu-latest, ${rest} }`;
export const says = (word: string): string => `steps: [{ run: echo SEEN ${word} }]`;
