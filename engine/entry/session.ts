import { type Command, OP } from "../core/command.ts";
import { type Malformed, refusalOf } from "./decode.ts";

/** What a connection may do. */
export interface Session {
  /** Why this command is refused, or null; it is then the connection's own user's. Null asks for one that is malformed. */
  admit(command: Command | null): Malformed | null;
}

/** Whoever can connect may do everything. */
export const OPEN: Session = { admit: () => null };

export interface Identity {
  user: number;
  expiresAtMs: number;
}

const EXPIRED = refusalOf("unauthenticated", "the token has expired");
const UNKNOWN = refusalOf("unauthenticated", "a valid token or key is needed");

/** A user's own connection: its orders are this user's, and so is what it cancels. */
export function sessionOf({ user, expiresAtMs }: Identity): Session {
  return {
    admit(command): Malformed | null {
      if (Date.now() >= expiresAtMs) return EXPIRED;
      if (command === null) return null;
      if (command.op === OP.new && command.user !== user) {
        return refusalOf("forbidden", `user is ${command.user}, this connection is user ${user}'s`);
      }
      command.user = user;
      return null;
    },
  };
}

export const NOBODY: Session = { admit: () => UNKNOWN };

/** At most so many commands a second, a second's worth of them at once. */
export function limited(session: Session, perSecond: number): Session {
  if (perSecond === 0 || session === NOBODY) return session;
  const tooMany = refusalOf("rate-limited", `accepted are ${perSecond} commands a second`);
  let tokens = perSecond;
  let filledAt = performance.now();
  return {
    admit(command): Malformed | null {
      const now = performance.now();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) return tooMany;
      tokens -= 1;
      return session.admit(command);
    },
  };
}
