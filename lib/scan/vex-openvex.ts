import { z } from "zod";
import { schemaFaults } from "../schema-faults.ts";
import { invalidVex, type VexStatement } from "./vex-statement.ts";

const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const component = z.looseObject({
  "@id": z.string().optional(),
  identifiers: z.record(z.string(), z.string()).optional(),
});

const product = component.extend({ subcomponents: z.array(component).default([]) });

const statement = z.looseObject({
  vulnerability: z.looseObject({
    "@id": z.string().optional(),
    name: z.string().optional(),
    aliases: z.array(z.string()).default([]),
  }),
  products: z.array(product).default([]),
  status: z.enum(["not_affected", "fixed", "affected", "under_investigation"]),
  justification: z.string().optional(),
  impact_statement: z.string().optional(),
  timestamp: date.optional(),
  last_updated: date.optional(),
});

const OpenVex = z.looseObject({
  timestamp: date.optional(),
  last_updated: date.optional(),
  statements: z.array(statement),
});

type Product = z.output<typeof product>;

/** https://github.com/openvex/spec: a statement without a time of its own has the document's. */
export function fromOpenVex(name: string, document: unknown): VexStatement[] {
  const read = OpenVex.safeParse(document);
  if (!read.success) throw invalidVex(name, schemaFaults(read.error));
  const { data } = read;
  const unjustified = data.statements.findIndex(isUnjustified);
  if (unjustified !== -1) {
    throw invalidVex(name, [
      `statements.${unjustified}: not_affected needs a justification or an impact_statement`,
    ]);
  }
  const statements = data.statements.map((said, index): VexStatement => {
    const { vulnerability } = said;
    const ids = [vulnerability.name, vulnerability["@id"], ...vulnerability.aliases];
    return {
      ids: ids.filter((id) => id !== undefined),
      products: said.products.flatMap(productsOf),
      status: said.status,
      justification: said.justification ?? said.impact_statement ?? "",
      saidAt: said.last_updated ?? said.timestamp ?? data.last_updated ?? data.timestamp,
      source: `${name}, statements[${index}]`,
    };
  });
  return statements.sort((a, b) => timeOf(a) - timeOf(b));
}

function isUnjustified({ status, justification, impact_statement }: z.output<typeof statement>) {
  return status === "not_affected" && !justification && !impact_statement;
}

/** One for each name that the product has. */
function productsOf(product: Product) {
  const subcomponents = product.subcomponents.flatMap(namesOf);
  // Subcomponents that cannot be named must not turn into "the whole product".
  if (product.subcomponents.length > 0 && subcomponents.length === 0) return [];
  return namesOf(product).map((id) => ({ id, subcomponents }));
}

function namesOf(named: z.output<typeof component>): string[] {
  const names = [named["@id"], named.identifiers?.purl];
  return names.filter((name) => name !== undefined);
}

function timeOf({ saidAt }: VexStatement): number {
  return saidAt?.getTime() ?? 0;
}
