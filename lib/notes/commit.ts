/** A commit as git tells it. */
export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
}

/** What a commit says of itself by the convention: https://www.conventionalcommits.org/en/v1.0.0/ */
export interface Told {
  readonly hash: string;
  /** feat, fix, …; undefined for a commit that does not follow the convention. */
  readonly type: string | undefined;
  readonly scope: string | undefined;
  readonly text: string;
  /** What breaks, in the author's words; its text where there are none. */
  readonly breaking: string | undefined;
}

const HEAD = /^([a-zA-Z]+)(?:\(([^()\r\n]+)\))?(!)?: +(\S.*)$/;
const FOOTER = /(?:^|\n)BREAKING[ -]CHANGE: +(\S[\s\S]*?)(?=\n[\w-]+(?:: | #)|\n\n|$)/;

/** Reads one commit. Any text is a commit: what does not follow the convention has no type. */
export function readCommit({ hash, subject, body }: Commit): Told {
  const [, type, scope, mark, text] = HEAD.exec(subject) ?? [];
  const footer = FOOTER.exec(body)?.[1]?.replace(/\s+/g, " ").trim();
  if (type === undefined || text === undefined) {
    return { hash, type: undefined, scope: undefined, text: subject, breaking: footer };
  }
  return {
    hash,
    type: type.toLowerCase(),
    scope,
    text,
    breaking: footer ?? (mark ? text : undefined),
  };
}
