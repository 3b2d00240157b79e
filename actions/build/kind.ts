import { type Kind, kindOf, problem, value } from "../../lib/action/action.ts";

/** An image is on its way; until then it is refused rather than half built. */
export const artifactKind: Kind<"archive"> = {
  type: { name: "enum", values: ["archive"] },
  accepted: "only archive",
  parse(text) {
    if (text === "archive") return value(text);
    if (text === "image") return problem("images are not built by this version of the action");
    return problem();
  },
};

/** Safe in a file name, and in a metric's label. */
export const nameKind: Kind<string> = kindOf(
  "letters, digits, dots, hyphens and underscores, beginning with a letter or a digit",
  (text) => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text) ? text : undefined),
);

/** `v1.2.3` and `1.2.3` are the same version. */
export const versionKind: Kind<string> = kindOf(
  "a version such as 1.2.3 or v1.2.3-rc.1",
  parseVersion,
);

/** The version without its leading v; undefined when the text is none. */
export function parseVersion(text: string): string | undefined {
  const version = text.replace(/^v(?=\d)/, "");
  return /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,127}$/.test(version) ? version : undefined;
}
