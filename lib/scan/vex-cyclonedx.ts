import { z } from "zod";
import { schemaFaults } from "../schema-faults.ts";
import { isPurl } from "./purl.ts";
import { invalidVex, type VexStatement } from "./vex-statement.ts";

const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const vulnerability = z.looseObject({
  id: z.string().min(1),
  analysis: z
    .looseObject({
      state: z
        .enum([
          "resolved",
          "resolved_with_pedigree",
          "exploitable",
          "in_triage",
          "false_positive",
          "not_affected",
        ])
        .optional(),
      justification: z.string().optional(),
      detail: z.string().optional(),
      firstIssued: date.optional(),
      lastUpdated: date.optional(),
    })
    .optional(),
  affects: z.array(z.looseObject({ ref: z.string() })).default([]),
});

const CycloneDx = z.looseObject({
  metadata: z.looseObject({ timestamp: date.optional() }).optional(),
  components: z
    .array(z.looseObject({ "bom-ref": z.string().optional(), purl: z.string().optional() }))
    .default([]),
  vulnerabilities: z.array(vulnerability).default([]),
});

const STATUS = {
  resolved: "fixed",
  resolved_with_pedigree: "fixed",
  exploitable: "affected",
  in_triage: "under_investigation",
  false_positive: "not_affected",
  not_affected: "not_affected",
} as const;

/** A CycloneDX document with `vulnerabilities[].analysis`; what has no state says nothing. */
export function fromCycloneDx(name: string, document: unknown): VexStatement[] {
  const read = CycloneDx.safeParse(document);
  if (!read.success) throw invalidVex(name, schemaFaults(read.error));
  const { metadata, components, vulnerabilities } = read.data;
  const purls = new Map(components.map((component) => [component["bom-ref"], component.purl]));
  return vulnerabilities.flatMap(({ id, analysis, affects }, index): VexStatement[] => {
    if (!analysis?.state) return [];
    const meant = affects.map(({ ref }) => purls.get(ref) ?? purlIn(ref));
    return [
      {
        ids: [id],
        products: meant
          .filter((purl) => purl !== undefined)
          .map((purl) => ({ id: purl, subcomponents: [] })),
        status: STATUS[analysis.state],
        justification: analysis.justification ?? analysis.detail ?? analysis.state,
        saidAt: analysis.lastUpdated ?? analysis.firstIssued ?? metadata?.timestamp,
        source: `${name}, vulnerabilities[${index}]`,
      },
    ];
  });
}

/** Of a purl, or of a BOM-link such as `urn:cdx:<serial>/1#pkg:npm/lodash@4.17.20`. */
function purlIn(ref: string): string | undefined {
  const bomRef = ref.startsWith("urn:cdx:") ? decodeURIComponent(ref.split("#")[1] ?? "") : ref;
  return isPurl(bomRef) ? bomRef : undefined;
}
