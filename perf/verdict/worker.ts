import { perform, type Work } from "./work.ts";

/** One process of the crew: a message is work, its answer what came of it. It ends when the crew lets go of it. */
process.on("message", (work: Work) => {
  process.send?.(perform(work));
});
