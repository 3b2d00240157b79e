import { z } from "zod";
import { fromCycloneDx } from "./vex-cyclonedx.ts";
import { fromOpenVex } from "./vex-openvex.ts";
import { invalidVex, type VexStatement } from "./vex-statement.ts";

const Kind = z.union([
  z.looseObject({ "@context": z.string().startsWith("https://openvex.dev/ns") }),
  z.looseObject({ bomFormat: z.literal("CycloneDX") }),
]);

/** The statements of a VEX document: where two are about the same, the later one holds. Throws `invalid-input`. */
export function readVex(name: string, text: string): VexStatement[] {
  const document = parse(name, text);
  const kind = Kind.safeParse(document);
  if (!kind.success) throw invalidVex(name, ["it is neither OpenVEX nor CycloneDX"]);
  return "bomFormat" in kind.data ? fromCycloneDx(name, document) : fromOpenVex(name, document);
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidVex(name, ["it is no JSON"]);
  }
}
