type Env = Readonly<Record<string, string | undefined>>;

/** Reads environment variables one by one, and keeps what is wrong with any of them. */
export class Variables {
  readonly faults: string[] = [];
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  /** Undefined when it is not set, or empty. */
  text(name: string): string | undefined {
    return this.#env[name] || undefined;
  }

  whole(name: string, fallback: number, min: number, max: number): number {
    const given = this.text(name);
    if (given === undefined) return fallback;
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= min && value <= max) return value;
    this.faults.push(`${name} is "${given}", accepted is a whole number from ${min} to ${max}`);
    return fallback;
  }

  isOn(name: string): boolean {
    const given = this.text(name) ?? "off";
    if (given !== "on" && given !== "off") {
      this.faults.push(`${name} is "${given}", accepted is on, off`);
    }
    return given === "on";
  }

  /** What may be a label of a metric. */
  label(name: string, fallback: string): string {
    const given = this.text(name) ?? fallback;
    if (/^[\w.+-]{1,64}$/.test(given)) return given;
    this.faults.push(`${name} is "${given}", accepted are 1 to 64 of A-Z a-z 0-9 . _ + -`);
    return fallback;
  }

  /** Of a store that follows the journal. What is wrong with it is told without it: it may hold a password. */
  storeUrl(name: string, protocols: readonly string[]): string | null {
    const given = this.text(name);
    if (given === undefined) return null;
    // A cluster of NATS has several; a comma in another URL is part of it.
    const all = protocols.includes("nats:") ? given.split(",") : [given];
    if (!all.every((one) => protocols.includes(URL.parse(one)?.protocol ?? ""))) {
      this.faults.push(`${name} is no ${protocols.join("// or ")}// URL`);
    }
    if (this.text("JOURNAL_DIR") === undefined) {
      this.faults.push(`${name} needs JOURNAL_DIR: a store follows the journal`);
    }
    return given;
  }

  endpoint(name: string): string | null {
    const given = this.text(name);
    if (given === undefined) return null;
    if (/^https?:$/.test(URL.parse(given)?.protocol ?? "")) return given;
    this.faults.push(`${name} is no http:// or https:// URL`);
    return null;
  }

  share(name: string): number {
    const given = this.text(name) ?? "0";
    if (/^(0|1|0?\.\d{1,9}|1\.0+)$/.test(given)) return Number(given);
    this.faults.push(`${name} is "${given}", accepted is a number from 0 to 1`);
    return 0;
  }
}
