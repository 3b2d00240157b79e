/** The services of a Sigstore without which nothing can be signed or checked. */
export type Service =
  | "the transparency log (Rekor)"
  | "the certificate authority (Fulcio)"
  | "the timestamp authority"
  | "the Sigstore trust root (TUF)"
  | "the OIDC issuer";

export interface Outage {
  service: Service;
  /** The line of cosign's that says so. */
  said: string;
}

/** How each service is known in cosign's messages: by the paths of its API, or by name. */
const SERVICES: ReadonlyArray<readonly [RegExp, Service]> = [
  [
    /\/api\/v\d\/log\/entries|\brekor\b|transparency log|tlog entry/i,
    "the transparency log (Rekor)",
  ],
  // cosign 3.1 loses Fulcio's answer when it is a 5xx, and says this of it.
  [
    /\/api\/v\d\/signingCert|\bfulcio\b|read on closed response body/i,
    "the certificate authority (Fulcio)",
  ],
  [/\/api\/v1\/timestamp|\btsa\b|timestamp authority/i, "the timestamp authority"],
  [/\btuf\b|trusted.root.*(refresh|fetch|download)/i, "the Sigstore trust root (TUF)"],
  [/oidc|identity token|openid-configuration/i, "the OIDC issuer"],
];

/** What an answer that may be another one next time looks like; a refusal (4xx) is none. */
const PASSING =
  /connection (refused|reset)|no such host|i\/o timeout|Client\.Timeout|context deadline exceeded|TLS handshake timeout|unexpected EOF|: EOF\b|network is unreachable|no route to host|server misbehaving|giving up after|\b(429|500|502|503|504)\b|too many requests|service unavailable|bad gateway|internal server error|read on closed response body/i;

/** The outage that made cosign fail; undefined when it failed for another reason. */
export function outageIn(stderr: string): Outage | undefined {
  const lines = stderr.split("\n").filter((line) => line.startsWith("Error:"));
  const said = lines.find((line) => PASSING.test(line));
  if (said === undefined) return undefined;
  const [, service] = SERVICES.find(([pattern]) => pattern.test(said)) ?? [];
  return service === undefined ? undefined : { service, said: said.replace(/^Error:\s*/, "") };
}
