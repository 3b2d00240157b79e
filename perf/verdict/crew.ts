import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Result, Work } from "./work.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** So many processes, each of which takes up the next piece of work when it is done with one. */
export class Crew {
  readonly #members: ChildProcess[];

  constructor(size: number) {
    // NaN is a figure here: of what never happened.
    this.#members = Array.from({ length: size }, () => fork(WORKER, { serialization: "advanced" }));
  }

  /** The results come in the order of the work, whoever did it. */
  async perform<Type extends Work["type"]>(
    work: ReadonlyArray<Extract<Work, { type: Type }>>,
    onDone: () => void,
  ): Promise<Array<Result[Type]>> {
    const todo = [...work.entries()];
    const results: Array<Result[Type]> = [];
    const busy = this.#members.map(async (member) => {
      for (let next = todo.shift(); next; next = todo.shift()) {
        const [index, piece] = next;
        results[index] = (await answered(member, piece)) as Result[Type];
        onDone();
      }
    });
    await Promise.all(busy);
    return results;
  }

  dismiss(): void {
    for (const member of this.#members) member.disconnect();
  }
}

function answered(member: ChildProcess, work: Work): Promise<Result[Work["type"]]> {
  return new Promise((resolve, reject) => {
    const what = work.type === "tune" ? work.service : work.cell;
    const lost = () => reject(new Error(`a process of the benchmark ended at ${what}`));
    member.once("exit", lost);
    member.once("message", (result) => {
      member.off("exit", lost);
      resolve(result as Result[Work["type"]]);
    });
    member.send(work);
  });
}
