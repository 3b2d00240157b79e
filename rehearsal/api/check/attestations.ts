import { z } from "zod";
import { ApiRefusal, bodyOf, created, list, notFound, type Route, route } from "../call.ts";
import { stamp } from "../hub.ts";
import { loginOf, numberFor } from "../show.ts";

const NewAttestation = z.object({ bundle: z.record(z.string(), z.json()) });
/** Of a Sigstore bundle only the statement inside is looked at. */
const Bundle = z.looseObject({
  dsseEnvelope: z.looseObject({ payload: z.string(), payloadType: z.string() }),
});
const Statement = z.looseObject({
  subject: z.array(z.looseObject({ digest: z.record(z.string(), z.string()) })).min(1),
  predicateType: z.string(),
});

export const attestations: readonly Route[] = [
  route("POST attestations", { attestations: "write" }, (call) => {
    const { hub } = call;
    const { bundle } = bodyOf(call, NewAttestation);
    const statement = statementIn(bundle);
    const made = hub.attestations.add({
      id: hub.nextId(),
      by: loginOf(hub, call.holder),
      createdAt: stamp(),
      subjectDigests: statement.subject.flatMap(({ digest }) =>
        Object.entries(digest).map(([algorithm, value]) => `${algorithm}:${value}`),
      ),
      predicateType: statement.predicateType,
      bundle,
    });
    return created({ id: made.id });
  }),
  route("GET attestations/{digest}", { attestations: "read" }, (call) => {
    const type = call.query.get("predicate_type");
    const found = call.hub.attestations
      .newest()
      .filter(({ subjectDigests }) => subjectDigests.includes(call.params.digest ?? ""))
      .filter(({ predicateType }) => !type || predicateType === type);
    if (found.length === 0) throw notFound();
    const repositoryId = numberFor(call.hub.facts.repository);
    return list(
      found.map(({ bundle }) => ({ bundle, repository_id: repositoryId, bundle_url: "" })),
      "attestations",
    );
  }),
];

function statementIn(bundle: unknown): z.infer<typeof Statement> {
  const read = Bundle.safeParse(bundle);
  if (!read.success) throw new ApiRefusal(422, "Invalid bundle: it has no DSSE envelope");
  try {
    const payload = Buffer.from(read.data.dsseEnvelope.payload, "base64").toString("utf8");
    return Statement.parse(JSON.parse(payload));
  } catch {
    throw new ApiRefusal(422, "Invalid bundle: its payload is no in-toto statement");
  }
}
