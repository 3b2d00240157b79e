import { OP } from "../core/command.ts";
import { type Decoded, malformed } from "./decode.ts";

/** What a connection may do. It passes each command on, as its own user's, or refuses it. */
export interface Session {
  admit(decoded: Decoded): Decoded;
}

/** Whoever can connect may do everything. */
export const OPEN: Session = { admit: (decoded) => decoded };

export interface Identity {
  user: number;
  expiresAtMs: number;
}

/** A user's own connection: its orders are this user's, and so is what it cancels. */
export function sessionOf({ user, expiresAtMs }: Identity): Session {
  return {
    admit(decoded): Decoded {
      if (Date.now() >= expiresAtMs) return malformed("unauthenticated", "the token has expired");
      if ("malformed" in decoded) return decoded;
      const { command } = decoded;
      if (command.op === OP.new && command.user !== user) {
        return malformed("forbidden", `user is ${command.user}, this connection is user ${user}'s`);
      }
      command.user = user;
      return decoded;
    },
  };
}

export const NOBODY: Session = {
  admit: () => malformed("unauthenticated", "a valid token or key is needed"),
};

/** At most so many commands a second, a second's worth of them at once. */
export function limited(session: Session, perSecond: number): Session {
  if (perSecond === 0 || session === NOBODY) return session;
  let tokens = perSecond;
  let filledAt = performance.now();
  return {
    admit(decoded): Decoded {
      const now = performance.now();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) {
        return malformed("rate-limited", `accepted are ${perSecond} commands a second`);
      }
      tokens -= 1;
      return session.admit(decoded);
    },
  };
}
