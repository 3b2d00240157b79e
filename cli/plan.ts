import { type Command, InvalidArgumentError } from "commander";
import { PERCENTAGE_ACCEPTED, parsePercent } from "../lib/units/percentage.ts";

interface Options {
  environment: string;
  rate: number;
  errorRate: number;
  ratios: number[];
  json?: boolean;
}

/** `sluice plan`: what a rollout with this traffic can show, before anybody deploys. */
export function register(program: Command): void {
  program
    .command("plan")
    .description("how soon this environment's rollout finds a bad release, and promotes a good one")
    .requiredOption("--environment <file>", "the environment file that the rollout would use")
    .requiredOption("--rate <requests>", "requests per second, both versions together", rate)
    .requiredOption(
      "--error-rate <share>",
      "share of requests that fail today: 0.001 or 0.1%",
      share,
    )
    .option(
      "--ratios <list>",
      "how many times as often the candidate fails",
      ratios,
      [1.5, 2, 5, 10, 50],
    )
    .option("--json", "the same as JSON")
    .action(async (options: Options) => {
      const { readEnvironment } = await import("../lib/environment/read.ts");
      const { prospect } = await import("../lib/verdict/forecast/prospect.ts");
      const { planRollout } = await import("../lib/rollout/plan.ts");
      const { leastHoldMs } = await import("../lib/rollout/hold.ts");
      const { verdict: settings, rollout } = await readEnvironment(options.environment);
      const plan = planRollout(rollout);
      const found = prospect({
        settings,
        steps: plan.steps,
        leastHoldMs: leastHoldMs({ plan }),
        requestsPerSecond: options.rate,
        errorRate: options.errorRate,
        ratios: options.ratios,
      });
      if (options.json) {
        process.stdout.write(`${JSON.stringify(found)}\n`);
        return;
      }
      const { prospectText } = await import("./plan/text.ts");
      process.stdout.write(prospectText(found, settings, options));
    });
}

function rate(given: string): number {
  const value = Number(given);
  if (given.trim() !== "" && value > 0 && value <= 1e9) return value;
  throw new InvalidArgumentError("Accepted: requests per second, a number above 0: 200");
}

function share(given: string): number {
  const percent = given.trim().endsWith("%") ? parsePercent(given) : Number(given) * 100;
  if (percent !== undefined && given.trim() !== "" && percent > 0 && percent < 100) {
    return percent / 100;
  }
  throw new InvalidArgumentError(
    `Accepted: a share above 0 and below 1, or a percentage (${PERCENTAGE_ACCEPTED}): 0.001, 0.1%`,
  );
}

function ratios(given: string): number[] {
  const values = given.split(",").map(Number);
  if (values.length <= 20 && values.every((value) => value > 1 && value <= 1e6)) return values;
  throw new InvalidArgumentError(
    "Accepted: up to 20 numbers above 1, with commas between them: 2,10",
  );
}
