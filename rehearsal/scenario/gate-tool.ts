import { causes, SluiceError } from "../../lib/error.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import type { Shop } from "../../lib/tools/shop.ts";

/** The gates that need a program of somebody else's, and which. */
export const GATE_TOOLS = {
  "trivy-scan": "trivy",
  "cosign-sign": "cosign",
  "k6-gate": "k6",
} as const;

export type ToolGate = keyof typeof GATE_TOOLS;
const GATES = Object.keys(GATE_TOOLS) as ToolGate[];

/** The gate that `name` means: people say `trivy` as well as `trivy-scan`. */
export function toolGateOf(name: string): ToolGate | undefined {
  return GATES.find((gate) => gate === name || GATE_TOOLS[gate] === name);
}

/**
 * Finds or makes what every gate needs that is not left out. Throws one error that names each gate which cannot run
 * here, why, and what would help: a gate that silently did not run is worse than no rehearsal.
 */
export async function obtainGateTools(without: readonly ToolGate[], shop: Shop): Promise<void> {
  const lacking: string[] = [];
  for (const gate of GATES.filter((one) => !without.includes(one))) {
    const tool = GATE_TOOLS[gate];
    await ensure(tool, TOOLS[tool].version, shop).catch((error: unknown) => {
      if (!(error instanceof SluiceError) || error.code === "cancelled") throw error;
      const next = error.hint ? `; ${error.hint}` : "";
      lacking.push(`${gate} cannot run: ${causes(error).join(": ")}${next}`);
    });
  }
  if (lacking.length === 0) return;
  const gates = GATES.filter((gate) => lacking.some((line) => line.startsWith(gate)));
  throw new SluiceError("unsupported", lacking.join("\n  "), {
    hint: `get what is missing, or leave the gate out on purpose, which the record will say: --without ${gates.join(",")}`,
  });
}
