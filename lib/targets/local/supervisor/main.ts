import { readFile } from "node:fs/promises";
import { z } from "zod";
import { causes, SluiceError } from "../../../error.ts";
import { siteFolder } from "../site-folder.ts";
import type { SupervisorMessage } from "../spawn.ts";
import { ControlServer } from "./control-server.ts";
import { Supervisor } from "./supervisor.ts";

/** What `startSite` writes before it starts this process. */
const settingsSchema = z.object({
  environment: z.string(),
  /** End when whoever started this process does. */
  tied: z.boolean(),
  /** How often stable's own past is read. */
  sampleIntervalMs: z.int().positive(),
  target: z.object({
    kind: z.literal("local"),
    site: z.string(),
    listen: z.object({ host: z.string(), port: z.int() }),
  }),
});

// One request's fault must not take the front door down with it, nor what stands behind it.
for (const fault of ["uncaughtException", "unhandledRejection"] as const)
  process.on(fault, (error: unknown) => console.error(new Date().toISOString(), fault, error));

async function main(site: string): Promise<void> {
  const folder = siteFolder(site);
  const settings = settingsSchema.parse(JSON.parse(await readFile(folder.settings, "utf8")));
  const control = await ControlServer.claim(folder.socket);
  const { target, sampleIntervalMs } = settings;
  const supervisor = await Supervisor.open(target, sampleIntervalMs).catch(
    async (error: unknown) => {
      await control.close();
      throw error;
    },
  );
  let isClosing = false;
  const shutDown = async () => {
    if (isClosing) return;
    isClosing = true;
    control.hangUp();
    await supervisor.close();
    await control.close();
    process.exit(0);
  };
  const { url } = supervisor;
  const info = {
    environment: settings.environment,
    url,
    pid: process.pid,
    startedAtMs: Date.now(),
  };
  control.serve(supervisor, info, () => void shutDown());
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void shutDown());
  if (settings.tied) {
    process.on("disconnect", () => void shutDown());
    // It was killed while we started, and nobody heard of it.
    if (!process.connected) await shutDown();
  }
  tell({ kind: "ready", info });
}

function tell(message: SupervisorMessage): void {
  process.send?.(message);
}

const [site] = process.argv.slice(2);
if (!site) throw new Error("usage: main.ts SITE-FOLDER");
main(site).catch((error: unknown) => {
  console.error(causes(error).join("\n  because "));
  const code = error instanceof SluiceError ? error.code : "internal";
  const hint = error instanceof SluiceError && error.hint !== undefined ? { hint: error.hint } : {};
  const message = causes(error).join(": ");
  if (!process.send) process.exit(1);
  process.send({ kind: "failed", code, message, ...hint } satisfies SupervisorMessage, () =>
    process.exit(1),
  );
});
