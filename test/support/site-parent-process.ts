/** Starts a site and stays. Run as: node site-parent-process.ts SITE [detached] */
import { startSite } from "../../lib/targets/local/site.ts";
import { serviceEnvironment } from "./service-environment.ts";

const [folder = "", detached] = process.argv.slice(2);
const site = await startSite(serviceEnvironment(folder), { detached: detached === "detached" });
console.log(JSON.stringify(site.info));
setInterval(() => {}, 60_000);
