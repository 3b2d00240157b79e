import type { z } from "zod";

interface Given {
  "subject-path"?: string[] | undefined;
  "subject-name"?: string[] | undefined;
  "subject-digest"?: string | undefined;
  candidate?: object | undefined;
  key?: string | undefined;
  identity?: string | undefined;
  issuer?: string | undefined;
  "transparency-log": boolean;
  "predicate-type"?: string | undefined;
  "predicate-path"?: string | undefined;
}

/** What is wrong with the inputs together, each under the name of the one to change. */
export function mustGoTogether(given: Given, context: z.RefinementCtx): void {
  const refuse = (name: keyof Given, message: string) =>
    context.addIssue({ code: "custom", path: [name], message });
  const files = given["subject-path"] !== undefined;
  const images = given["subject-name"] !== undefined;
  if (files && images)
    refuse("subject-name", "either subject-path for files, or subject-name for images");
  if (!files && !images && given.candidate === undefined) {
    refuse("subject-path", "nothing to sign: give subject-path, subject-name or candidate");
  }
  if (given["subject-digest"] !== undefined && !files && !images) {
    refuse("subject-digest", "it needs subject-path or subject-name");
  }
  if (given.key !== undefined && (given.identity ?? given.issuer) !== undefined) {
    refuse("identity", "a key has no identity and no issuer: leave them out, or leave out key");
  }
  if (given.key === undefined && !given["transparency-log"]) {
    refuse(
      "transparency-log",
      "false only with a key: a keyless certificate lives minutes, and only the log says when it was used",
    );
  }
  if ((given["predicate-type"] === undefined) !== (given["predicate-path"] === undefined)) {
    refuse("predicate-type", "predicate-type and predicate-path go together");
  }
}
