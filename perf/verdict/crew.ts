import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Cell } from "./cell.ts";
import type { Work } from "./work.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** So many processes, each of which takes up the next piece of work when it is done with one. */
export class Crew {
  readonly #members: ChildProcess[];

  constructor(size: number) {
    // NaN is a figure here: of what never happened.
    this.#members = Array.from({ length: size }, () => fork(WORKER, { serialization: "advanced" }));
  }

  async perform(work: readonly Work[], onDone: () => void): Promise<Cell[]> {
    const todo = [...work];
    const done: Cell[] = [];
    const busy = this.#members.map(async (member) => {
      for (let next = todo.shift(); next; next = todo.shift()) {
        done.push(...(await answered(member, next)));
        onDone();
      }
    });
    await Promise.all(busy);
    return done;
  }

  dismiss(): void {
    for (const member of this.#members) member.disconnect();
  }
}

function answered(member: ChildProcess, work: Work): Promise<Cell[]> {
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Error(`a process of the benchmark ended at ${work.cells[0]}`));
    member.once("exit", lost);
    member.once("message", (cells) => {
      member.off("exit", lost);
      resolve(cells as Cell[]);
    });
    member.send(work);
  });
}
