/** What one cell of the benchmark is about; every judge sees the same traces of it. */
export interface Scenario {
  name: string;
  /** Requests per second, both arms together. */
  rate: number;
  /** Stable's share of failed requests. */
  baseError: number;
  /** How many times as often the candidate fails. 1: a good release. */
  ratio: number;
  /** Errors come in groups of this many, as when one client or one dependency fails. */
  burst: number;
  /** The groups' sizes vary (geometrically), with `burst` as their mean. */
  isBurstVaried: boolean;
  /** The errors of one group come over so many seconds; 0: at once. */
  causeSeconds: number;
  /** Seconds of stable's own past in the trace. */
  pastSeconds: number;
  /** How often counters are read. */
  sampleSeconds: number;
  /** Seconds after the first weight at which the fault begins. */
  onsetSeconds: number;
  /** The rate swings by this share up and down. */
  dayCurve: number;
  /** Share of scrapes that are missing. */
  missing: number;
  /** Seconds after the first weight at which the metrics source dies. */
  diesSeconds: number | null;
  /** The candidate gets this many times its weight. */
  overweight: number;
  /** Only one instance of the candidate's four is bad. */
  isOneInstance: boolean;
  latency: LatencyScenario | null;
  /** The candidate is compared with fresh processes of the old version, which are as cold. */
  isFresh: boolean;
  /** Share of requests that a process fails at first; it wears off with COLD_SECONDS. */
  coldError: number;
}

/** Time constant of becoming warm. */
export const COLD_SECONDS = 30;

export interface LatencyScenario {
  /** All of the candidate's requests take this many times as long. */
  shift: number;
  /** The slowest 2 % of the candidate's requests take this many times as long. */
  tail: number;
  /** The candidate's requests take twice as long at first; it wears off with this time constant. */
  warmUpSeconds: number;
}

const PLAIN: Omit<Scenario, "name"> = {
  rate: 200,
  baseError: 0.01,
  ratio: 1,
  burst: 1,
  isBurstVaried: false,
  causeSeconds: 0,
  pastSeconds: 300,
  sampleSeconds: 1,
  onsetSeconds: 0,
  dayCurve: 0,
  missing: 0,
  diesSeconds: null,
  overweight: 1,
  isOneInstance: false,
  latency: null,
  isFresh: false,
  coldError: 0,
};

/** At first one request in ten fails, of fresh processes as of the candidate. */
const FRESH = { isFresh: true, coldError: 0.1 };

const SAME_LATENCY: LatencyScenario = { shift: 1, tail: 1, warmUpSeconds: 0 };

export const RATES = [20, 200, 2_000];
export const BASE_ERRORS = [0.0001, 0.001, 0.01];
export const RATIOS = [1.5, 2, 5, 10, 50];
export const BURSTS = [1, 3, 10];

function scenario(name: string, change: Partial<Scenario>): Scenario {
  return { ...PLAIN, ...change, name };
}

function traffic(rate: number, baseError: number): string {
  return `${rate}/s ${Number((baseError * 100).toPrecision(3))} %`;
}

/** Good releases: nobody should roll these back. */
export function goodReleases(): Scenario[] {
  const grid = RATES.flatMap((rate) =>
    BASE_ERRORS.flatMap((baseError) =>
      BURSTS.map((burst) =>
        scenario(`${traffic(rate, baseError)} burst ${burst}`, { rate, baseError, burst }),
      ),
    ),
  );
  return [
    ...grid,
    ...[
      { rate: 200, baseError: 0.01 },
      { rate: 2_000, baseError: 0.001 },
    ].flatMap((service) => {
      const name = traffic(service.rate, service.baseError);
      return [
        scenario(`${name} bursts of 3 on average`, { ...service, burst: 3, isBurstVaried: true }),
        scenario(`${name} bursts of 10 on average`, { ...service, burst: 10, isBurstVaried: true }),
        ...BURSTS.map((burst) =>
          scenario(`${name} burst ${burst}, no past`, { ...service, burst, pastSeconds: 0 }),
        ),
        scenario(`${name} burst 10, read every 10 s`, { ...service, burst: 10, sampleSeconds: 10 }),
      ];
    }),
    scenario("day curve ±80 %", { dayCurve: 0.8 }),
    scenario("day curve ±80 % burst 10", { dayCurve: 0.8, burst: 10 }),
    scenario("a third of scrapes missing", { missing: 1 / 3 }),
    scenario("metrics source dies at 30 s", { diesSeconds: 30 }),
    scenario("old and new equally bad (20 %)", { baseError: 0.2 }),
    scenario("weight not honoured (×3)", { overweight: 3 }),
    scenario("same latency", { latency: SAME_LATENCY }),
    scenario("same latency 2000/s", { rate: 2_000, latency: SAME_LATENCY }),
    scenario("warm-up 15 s", { latency: { ...SAME_LATENCY, warmUpSeconds: 15 } }),
    scenario("warm-up 15 s 2000/s", {
      rate: 2_000,
      latency: { ...SAME_LATENCY, warmUpSeconds: 15 },
    }),
    scenario("fresh baseline, both cold", FRESH),
    scenario("fresh baseline, both cold 2000/s", { ...FRESH, rate: 2_000 }),
    scenario("fresh baseline, both cold burst 10", { ...FRESH, burst: 10 }),
  ];
}

/** How long stable was sampled before the first weight, in words. */
export const PASTS = new Map([
  [0, "no past"],
  [60, "one minute"],
  [300, "five minutes"],
]);

/** Good releases that the verdict does not promise to leave alone: causes that last, where little is known of stable's past. */
export function lastingCauses(): Scenario[] {
  return [
    { burst: 10, causeSeconds: 5 },
    { burst: 30, causeSeconds: 10 },
    { burst: 10, causeSeconds: 20 },
    { burst: 3, causeSeconds: 10 },
  ].flatMap((cause) =>
    [...PASTS].map(([pastSeconds, past]) =>
      scenario(`${cause.burst} errors over ${cause.causeSeconds} s, ${past}`, {
        ...cause,
        pastSeconds,
      }),
    ),
  );
}

/** Bad releases. */
export function badReleases(): Scenario[] {
  const grid = RATES.flatMap((rate) =>
    BASE_ERRORS.flatMap((baseError) =>
      RATIOS.map((ratio) =>
        scenario(`${traffic(rate, baseError)} ×${ratio}`, { rate, baseError, ratio }),
      ),
    ),
  );
  const burst = [3, 10].flatMap((size) =>
    [200, 2_000].flatMap((rate) =>
      [2, 5, 10, 50].map((ratio) =>
        scenario(`${traffic(rate, 0.01)} ×${ratio} burst ${size}`, { rate, ratio, burst: size }),
      ),
    ),
  );
  const harder = [2, 5, 10, 50].flatMap((ratio) => [
    scenario(`onset at 7 min ×${ratio}`, { ratio, onsetSeconds: 420 }),
    scenario(`day curve ±80 % ×${ratio}`, { ratio, dayCurve: 0.8 }),
    scenario(`a third of scrapes missing ×${ratio}`, { ratio, missing: 1 / 3 }),
    scenario(`weight not honoured (×3) ×${ratio}`, { ratio, overweight: 3 }),
    scenario(`one instance of four ×${ratio}`, { ratio, isOneInstance: true }),
    scenario(`no past ×${ratio}`, { ratio, pastSeconds: 0 }),
    scenario(`read every 10 s ×${ratio}`, { ratio, sampleSeconds: 10 }),
    scenario(`fresh baseline, both cold ×${ratio}`, { ...FRESH, ratio }),
  ]);
  const slow = [200, 2_000].flatMap((rate) => [
    scenario(`latency +3 % ${rate}/s`, { rate, latency: { ...SAME_LATENCY, shift: 1.03 } }),
    scenario(`latency +10 % ${rate}/s`, { rate, latency: { ...SAME_LATENCY, shift: 1.1 } }),
    scenario(`tail ×3 ${rate}/s`, { rate, latency: { ...SAME_LATENCY, tail: 3 } }),
  ]);
  return [...grid, ...burst, ...harder, ...slow];
}
