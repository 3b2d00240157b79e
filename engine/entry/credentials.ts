import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Identity, limited, NOBODY, OPEN, type Session, sessionOf } from "./session.ts";

const MAX_USER = 0x3fffffff;
/** A token that will be good, by this machine's clock: whoever made it may have another one. */
const NOT_YET = Symbol("not yet");
const REMEMBERED = 10_000;

export interface CredentialOptions {
  /** Secret of HS256 tokens; null takes none. */
  jwtSecret: string | null;
  /** SHA-256 of a key, in hex, to the user whose it is; empty takes none. */
  apiKeys: ReadonlyMap<string, number>;
  /** Commands a second of one connection; 0 is no limit. */
  rateLimit: number;
}

/**
 * Says whose a connection is. A token is verified once and then remembered until it expires: verifying each request
 * would cost more than all else that is done for an order.
 */
export class Credentials {
  readonly #options: CredentialOptions;
  readonly #known = new Map<string, Identity | null>();
  readonly #sessions = new WeakMap<object, { credential: string; session: Session }>();

  #key: Uint8Array | null = null;

  constructor(options: CredentialOptions) {
    this.#options = options;
  }

  get areNeeded(): boolean {
    const { jwtSecret, apiKeys } = this.#options;
    return jwtSecret !== null || apiKeys.size > 0;
  }

  /** The session of the connection that this request came on; a promise only when a token is new. */
  session(request: IncomingMessage): Session | Promise<Session> {
    const { rateLimit } = this.#options;
    if (!this.areNeeded && rateLimit === 0) return OPEN;
    const credential = this.areNeeded ? credentialOf(request) : "";
    const { socket } = request;
    const known = this.#sessions.get(socket);
    if (known?.credential === credential) return known.session;
    const remember = (identity: Identity | null): Session => {
      const open = this.areNeeded ? NOBODY : OPEN;
      const session = limited(identity === null ? open : sessionOf(identity), rateLimit);
      this.#sessions.set(socket, { credential, session });
      return session;
    };
    if (!this.areNeeded) return remember(null);
    const identity = this.#known.get(credential);
    if (identity !== undefined) return remember(identity);
    return this.#identify(credential).then((found) =>
      found === NOT_YET ? NOBODY : remember(found),
    );
  }

  async #identify(credential: string): Promise<Identity | null | typeof NOT_YET> {
    const [scheme, text = ""] = credential.split(" ", 2);
    const identity = scheme === "key" ? this.#byKey(text) : await this.#byToken(text);
    if (identity === NOT_YET) return NOT_YET;
    // Forgetting all at once is rare, and cheaper than knowing which was used last.
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(credential, identity);
    return identity;
  }

  #byKey(text: string): Identity | null {
    const digest = createHash("sha256").update(text).digest("hex");
    const user = this.#options.apiKeys.get(digest);
    return user === undefined ? null : { user, expiresAtMs: Number.POSITIVE_INFINITY };
  }

  async #byToken(token: string): Promise<Identity | null | typeof NOT_YET> {
    const { jwtSecret } = this.#options;
    if (jwtSecret === null || token === "") return null;
    const { jwtVerify } = await import("jose");
    this.#key ??= new TextEncoder().encode(jwtSecret);
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        requiredClaims: ["sub", "exp"],
      });
      const user = Number(payload.sub);
      if (!Number.isInteger(user) || user < 1 || user > MAX_USER) return null;
      return { user, expiresAtMs: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      return isTooEarly(error) ? NOT_YET : null;
    }
  }
}

function isTooEarly(error: unknown): boolean {
  return error instanceof Error && "claim" in error && error.claim === "nbf";
}

function credentialOf({ headers }: IncomingMessage): string {
  const key = headers["x-api-key"];
  if (typeof key === "string") return `key ${key}`;
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return `token ${token ?? ""}`;
}
