import { Killed } from "./memory-rollout.ts";
import type { MemoryTarget } from "./memory-target.ts";

/** When a runner is killed: its nth call never leaves it, or does and nobody is there for the answer. */
export interface Death {
  nth: number;
  when: "before" | "after";
}

/** A target as a runner sees it that is killed at one of its calls: none is made after that. */
export class MortalRunner {
  calls: string[] = [];
  readonly target: MemoryTarget;

  constructor(real: MemoryTarget, death?: Death) {
    const { calls } = this;
    this.target = new Proxy(real, {
      get(_, name) {
        const value: unknown = Reflect.get(real, name, real);
        if (typeof value !== "function" || name === "constructor") return value;
        return async (...args: unknown[]) => {
          const isDead = death !== undefined && calls.length >= death.nth;
          calls.push(String(name));
          const isLast = calls.length === death?.nth;
          if (isDead || (isLast && death.when === "before")) throw new Killed();
          const answer: unknown = await value.apply(real, args);
          if (isLast) throw new Killed();
          return answer;
        };
      },
    });
  }
}
