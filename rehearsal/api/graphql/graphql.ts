import { z } from "zod";
import { causes } from "../../../lib/error.ts";
import { bodyOf, type Call, type Json, ok, type Reply, type Route, route } from "../call.ts";
import { loginOf } from "../show.ts";
import { isAllowed } from "../token.ts";
import { type Args, answer, GraphError } from "./answer.ts";
import { type GraphDocument, readDocument } from "./document.ts";
import { mutationRoot } from "./mutation.ts";
import { queryRoot } from "./query.ts";

const Request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** As much of GitHub's GraphQL as releases use: the repository, its refs, commits and releases, and commits on a branch. */
export const graphql: readonly Route[] = [route("POST /graphql", {}, serve)];

async function serve(call: Call): Promise<Reply> {
  const given = bodyOf(call, Request);
  try {
    const document = readDocument(given.query);
    mayDo(call, document);
    const variables = (given.variables ?? {}) as Args;
    const operationName = given.operationName ?? undefined;
    const roots = {
      query: queryRoot(call.hub, loginOf(call.hub, call.holder)),
      mutation: mutationRoot(call.hub),
    };
    return ok({ data: await answer(document, { operationName, variables }, roots) });
  } catch (error) {
    return refusal(error);
  }
}

function mayDo({ holder }: Call, { operations }: GraphDocument): void {
  const changes = operations.some(({ kind }) => kind === "mutation");
  if (isAllowed(holder, { contents: changes ? "write" : "read" })) return;
  throw new GraphError("FORBIDDEN", "Resource not accessible by integration");
}

/** GitHub answers with 200 and says in the body what was wrong. */
function refusal(error: unknown): Reply {
  const type = error instanceof GraphError ? error.type : "INVALID";
  const message = causes(error)[0] ?? "The request is not readable";
  const told: { [key: string]: Json } =
    type === "undefinedField" ? { extensions: { code: type }, message } : { type, message };
  return ok({ data: null, errors: [told] });
}
