import { isMap, toText, type Value } from "../language/value.ts";

/** What a workflow says of a container: `container:`, or one of `services:`. */
export interface ContainerSetting {
  /** Empty when there is to be none. */
  readonly image: string;
  readonly env: readonly (readonly [string, string])[];
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly options: string;
  readonly entrypoint: string;
  readonly command: string;
  readonly credentials: Value;
}

/** Reads it; an image alone may stand for all. */
export function containerSetting(value: Value): ContainerSetting {
  const fields = isMap(value) ? value : { image: value };
  const text = (name: string): string => toText(fields[name] ?? "");
  const texts = (name: string): string[] => {
    const list = fields[name];
    return Array.isArray(list) ? list.map((item: Value) => toText(item)) : [];
  };
  const variables = fields.env ?? null;
  return {
    image: text("image"),
    env: isMap(variables)
      ? Object.entries(variables).map(([name, item]) => [name, toText(item)] as const)
      : [],
    ports: texts("ports"),
    volumes: texts("volumes"),
    options: text("options"),
    entrypoint: text("entrypoint"),
    command: text("command"),
    credentials: fields.credentials ?? null,
  };
}
