import { createHash, generateKeyPair, type KeyObject, randomUUID, sign } from "node:crypto";
import { promisify } from "node:util";

const LIFETIME_SECONDS = 300;

/** What a job's token says about it, besides issuer, audience, subject and time. */
export type JobClaims = { readonly [claim: string]: string };

/** Signs tokens like GitHub's OpenID Connect issuer, with a key of its own for each run. */
export class OidcIssuer {
  readonly issuer: string;
  #keys: Promise<{ privateKey: KeyObject; publicKey: KeyObject }> | undefined;

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** Made when it is first needed: it takes a moment. */
  #pair(): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
    this.#keys ??= promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    return this.#keys;
  }

  async #keyId(): Promise<string> {
    const { publicKey } = await this.#pair();
    return createHash("sha256")
      .update(publicKey.export({ type: "spki", format: "der" }))
      .digest("hex")
      .slice(0, 40);
  }

  async token(claims: JobClaims, audience: string): Promise<string> {
    const { privateKey } = await this.#pair();
    const now = Math.floor(Date.now() / 1000);
    const header = { typ: "JWT", alg: "RS256", kid: await this.#keyId() };
    const payload = {
      jti: randomUUID(),
      ...claims,
      aud: audience,
      iss: this.issuer,
      nbf: now - 5,
      iat: now,
      exp: now + LIFETIME_SECONDS,
    };
    const body = `${encode(header)}.${encode(payload)}`;
    return `${body}.${sign("RSA-SHA256", Buffer.from(body), privateKey).toString("base64url")}`;
  }

  discovery(): object {
    return {
      issuer: this.issuer,
      jwks_uri: `${this.issuer}/.well-known/jwks`,
      subject_types_supported: ["public", "pairwise"],
      response_types_supported: ["id_token"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid"],
      claims_supported: ["sub", "aud", "exp", "iat", "iss", "jti", "nbf"],
    };
  }

  async keys(): Promise<object> {
    const { publicKey } = await this.#pair();
    const kid = await this.#keyId();
    return { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid }] };
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** `sub` as GitHub builds it: the environment, else the pull request, else the ref. */
export function subjectOf(facts: {
  readonly repository: string;
  readonly environment: string;
  readonly event: string;
  readonly ref: string;
}): string {
  const { repository, environment, event, ref } = facts;
  if (environment !== "") {
    return `repo:${repository}:environment:${environment.replaceAll(":", "%3A")}`;
  }
  if (event === "pull_request") return `repo:${repository}:pull_request`;
  return `repo:${repository}:ref:${ref}`;
}

/** An unsigned-looking token that GitHub's toolkit only reads: it names the run and the job. */
export function runtimeToken(runId: string, jobId: string): string {
  const payload = {
    scp: `Actions.Results:${runId}:${jobId}`,
    exp: Math.floor(Date.now() / 1000) + 86_400,
  };
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(payload)}.rehearsal`;
}
