import { z } from "zod";
import { VerdictSettingsYaml } from "../verdict/settings.ts";
import { rolloutSchema } from "./rollout-schema.ts";
import { serviceSchema } from "./service-schema.ts";
import { verifySchema } from "./verify-schema.ts";
import { mapping, text } from "./vocabulary.ts";

const LISTEN_ACCEPTED = "host:port with a port from 0 to 65535: 127.0.0.1:8080, [::1]:8080";
const LISTEN = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<name>[A-Za-z0-9.-]+)):(?<port>\d{1,5})$/;

const listen = z
  .string(LISTEN_ACCEPTED)
  .regex(LISTEN, LISTEN_ACCEPTED)
  .describe("Where the proxy listens. Port 0 takes a free one.")
  .transform((given) => {
    const { six, name, port } = LISTEN.exec(given)?.groups ?? {};
    return { host: six ?? name ?? "", port: Number(port) };
  })
  .refine(({ port }) => port <= 65_535, LISTEN_ACCEPTED);

const localTarget = mapping({
  kind: z
    .literal("local", 'the kind of a target: "local"')
    .default("local")
    .describe("local: two slots under one supervisor on this machine."),
  site: text(
    "Folder of the supervisor's state; relative to the root of the repository that holds this file.",
  ),
  listen: listen.prefault("127.0.0.1:8080"),
});

/** environments/NAME.yaml as it is written: kebab-case, durations and percentages with their units. */
export const environmentSchema = mapping({
  $schema: z.string().optional().describe("For editors; not read."),
  name: text("Name of the environment; the file's name when absent.").optional(),
  service: serviceSchema,
  target: localTarget,
  rollout: rolloutSchema.prefault({}),
  verdict: VerdictSettingsYaml.prefault({}),
  verify: verifySchema.optional(),
});

export type EnvironmentFile = z.output<typeof environmentSchema>;
