import { parseDocument } from "yaml";
import { z } from "zod";
import { SluiceError } from "../error.ts";
import { schemaFaults } from "../schema-faults.ts";
import type { AcceptedChange } from "./judge.ts";

const AcceptedFile = z.strictObject({
  accepted: z.array(
    z.strictObject({
      figure: z.string().min(1),
      commit: z.string().regex(/^[0-9a-f]{7,64}$/, "a commit, or seven digits of one"),
      reason: z.string().min(10, "a reason that somebody else understands"),
    }),
  ),
});

/** Reads a file of accepted changes. They need no end: a change that is long ago stops nothing by itself. */
export function readAccepted(text: string, name: string): AcceptedChange[] {
  const document = parseDocument(text, { schema: "failsafe" });
  const broken = document.errors.map((error) => error.message.split("\n")[0] ?? "not YAML");
  const read = AcceptedFile.safeParse(document.toJS());
  const faults = read.success ? broken : [...broken, ...schemaFaults(read.error)];
  if (read.success && faults.length === 0) return read.data.accepted;
  throw new SluiceError(
    "invalid-input",
    `${name} is no file of accepted changes: ${faults.join("; ")}`,
    {
      hint: "accepted: a list, each with figure, commit and reason",
    },
  );
}
