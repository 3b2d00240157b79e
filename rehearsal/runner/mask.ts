const HIDDEN = "***";

const DEBUG_SETTINGS = ["ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG"];

/** What asks for debug messages is no secret: every `true` would be hidden. */
export function valuesToHide(secrets: { readonly [name: string]: string }): string[] {
  const hidden = Object.entries(secrets).filter(([name]) => !DEBUG_SETTINGS.includes(name));
  return hidden.map(([, value]) => value);
}

/** Hides secrets wherever they could be shown. Values are added while a job runs; longer ones win. */
export class Masks {
  readonly #values = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  /** Also hides each line of a secret with several, and the forms in which values are commonly passed on. */
  add(value: string): void {
    for (const line of [value, ...value.split(/\r?\n/)]) {
      for (const form of formsOf(line)) if (form.trim() !== "") this.#values.add(form);
    }
    this.#pattern = undefined;
  }

  hide(text: string): string {
    if (this.#values.size === 0) return text;
    this.#pattern ??= this.#compile();
    return text.replace(this.#pattern, HIDDEN);
  }

  /** Whether a text holds a secret. */
  reveals(text: string): boolean {
    return this.hide(text) !== text;
  }

  #compile(): RegExp {
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map((value) => literal(value)).join("|"), "g");
  }
}

function literal(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function formsOf(value: string): string[] {
  if (value.trim() === "") return [];
  const forms = [value, value.trim(), JSON.stringify(value).slice(1, -1), encodeUri(value)];
  // Base64 of a text that has the secret at any of the three positions within a group of bytes.
  if (value.length >= 4) {
    for (const shift of [0, 1, 2]) {
      const bytes = Buffer.from("\0".repeat(shift) + value);
      const encoded = bytes.toString("base64").replace(/=+$/, "");
      const whole = encoded.slice(shift === 0 ? 0 : shift + 1);
      const complete = (bytes.length % 3 === 0 ? whole : whole.slice(0, -1)).trim();
      if (complete.length >= 6) forms.push(complete);
    }
    forms.push(Buffer.from(value).toString("base64"));
  }
  return forms;
}

function encodeUri(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
