import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { entriesOf, itemsOf, property, type Token, textOf } from "../language/token.ts";
import { wrongCron } from "./cron.ts";

const MAX_DISPATCH_INPUTS = 25;
const FILTERS = ["branches", "tags", "paths"];

/** What GitHub's service refuses in `on:` beyond its schema. */
export function tellTriggerFaults(
  faults: Fault[],
  file: string,
  triggers: ReadonlyMap<string, Token>,
): void {
  for (const config of triggers.values()) {
    for (const name of FILTERS) {
      const ignored = property(config, `${name}-ignore`);
      if (!ignored || !property(config, name)) continue;
      const message = `you may only define one of '${name}' and '${name}-ignore' for a single event; use ! patterns in '${name}'`;
      faultAt(faults, file, ignored, message);
    }
  }
  const inputs = entriesOf(property(triggers.get("workflow_dispatch"), "inputs"));
  const tooMany = inputs[MAX_DISPATCH_INPUTS];
  if (tooMany) {
    const message = `you may only define up to ${MAX_DISPATCH_INPUTS} \`inputs\` for a \`workflow_dispatch\` event; there are ${inputs.length}`;
    faultAt(faults, file, tooMany.key, message);
  }
  for (const item of itemsOf(triggers.get("schedule"))) {
    const cron = property(item, "cron");
    const text = textOf(cron);
    const wrong = text === undefined ? undefined : wrongCron(text);
    if (wrong) faultAt(faults, file, cron, `Invalid cron expression: ${wrong}`);
  }
}

/** What an event's payload says by default, since the workflow waits for just that. */
export function awaited(triggers: ReadonlyMap<string, Token>): {
  readonly cron: string | undefined;
  readonly workflow: string | undefined;
  readonly dispatchType: string | undefined;
} {
  const first = (event: string, name: string): string | undefined => {
    const token = property(triggers.get(event), name);
    return textOf(itemsOf(token)[0]) ?? textOf(token);
  };
  return {
    cron: textOf(property(itemsOf(triggers.get("schedule"))[0], "cron")),
    workflow: first("workflow_run", "workflows"),
    dispatchType: first("repository_dispatch", "types"),
  };
}
