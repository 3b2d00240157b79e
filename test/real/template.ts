import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

export type TemplateValues = {
  readonly [name: string]: string | readonly string[] | TemplateValues;
};

/** As `hosts/roles/ROLE/defaults/main.yml` has them. */
export const ENGINE_DEFAULTS: TemplateValues = {
  engine_user: "engine",
  engine_cpus: "",
  engine_memory_node: "",
  engine_memory_max: "",
  engine_memory_locked: "1G",
  engine_watchdog_seconds: "10",
  engine_credentials: [],
};

/** A template of the playbook filled in without Ansible: values, `if` with one name, and `for` over one list. */
export function fillTemplate(path: string, values: TemplateValues): string {
  const template = readFileSync(join(root, "hosts/roles", path), "utf8");
  return fill(template, values);
}

function fill(template: string, values: TemplateValues): string {
  const named = (name: string) => lookUp(values, name);
  return template
    .replace(/{% if (\S+) %}\n([\s\S]*?){% endif %}\n/g, (_, name: string, body: string) =>
      ["", "0"].includes(String(named(name))) ? "" : body,
    )
    .replace(
      /{% for (\S+) in (\S+) %}\n([\s\S]*?){% endfor %}\n/g,
      (_, one: string, list: string, body: string) => {
        const all = named(list);
        if (!Array.isArray(all)) throw new Error(`${list} is no list`);
        return all.map((value) => fill(body, { ...values, [one]: value })).join("");
      },
    )
    .replace(/{{ (\S+) }}/g, (_, name: string) => String(named(name)));
}

function lookUp(values: TemplateValues, name: string): TemplateValues[string] {
  let found: TemplateValues[string] = values;
  for (const part of name.split(".")) {
    const next: TemplateValues[string] | undefined =
      typeof found === "object" && !Array.isArray(found)
        ? (found as TemplateValues)[part]
        : undefined;
    if (next === undefined) throw new Error(`the template needs ${name}`);
    found = next;
  }
  return found;
}
