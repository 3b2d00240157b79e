/**
 * A runner that can be killed: takes the lease of the site that is named, puts 25 % on green and renews for as
 * long as it lives. Run as: node runner-process.ts SITE LEASE_MS
 */
import { setTimeout as sleep } from "node:timers/promises";
import { LocalTarget } from "../../lib/targets/local/local-target.ts";
import { serviceEnvironment } from "./service-environment.ts";

const [site = "", leaseMs = "1000"] = process.argv.slice(2);
const target = new LocalTarget(serviceEnvironment(site));
const holder = { key: "run/7/promote", description: "run 7 job promote" };
const { token } = await target.acquire(holder, Number(leaseMs));
await target.route({ blue: 75, green: 25 }, token);
for (;;) {
  await target.renew(token, Number(leaseMs));
  console.log("renewed");
  await sleep(Number(leaseMs) / 5);
}
