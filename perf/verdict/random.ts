/** Random numbers from a seed (sfc32), so that every judge sees the same traffic, today and next year. */
export class Random {
  #a: number;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed >>> 0;
    for (let round = 0; round < 20; round += 1) this.uniform();
  }

  /** 0 to below 1. */
  uniform(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1;
    return count;
  }

  binomial(trials: number, chance: number): number {
    if (chance <= 0 || trials <= 0) return 0;
    if (chance >= 1) return trials;
    if (chance > 0.5) return trials - this.binomial(trials, 1 - chance);
    const mean = trials * chance;
    if (mean > 30) {
      const near = Math.round(mean + Math.sqrt(mean * (1 - chance)) * this.normal());
      return Math.min(trials, Math.max(0, near));
    }
    const logMiss = Math.log1p(-chance);
    let count = 0;
    for (let trial = 0; ; count += 1) {
      trial += Math.floor(Math.log(1 - this.uniform()) / logMiss) + 1;
      if (trial > trials) return count;
    }
  }

  /** 1 or more, with this mean. */
  geometric(mean: number): number {
    if (mean <= 1) return 1;
    return 1 + Math.floor(Math.log(1 - this.uniform()) / Math.log(1 - 1 / mean));
  }
}
