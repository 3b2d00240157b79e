import { describe, expect, it } from "vitest";
import { outageIn } from "../../../lib/signing/outage.ts";
import { registryFaultIn } from "../../../lib/signing/registry.ts";

const said = (message: string) =>
  `Using payload from: a\nSigning artifact...\nError: ${message}\nerror during command execution: ${message}\n`;

describe("what cosign says is an outage of", () => {
  it.each([
    [
      "the transparency log (Rekor)",
      'signing a: signing bundle: error signing bundle: Post "https://rekor.example/api/v1/log/entries": giving up after 2 attempt(s): status 503: down',
    ],
    [
      "the transparency log (Rekor)",
      'signing a: signing bundle: Post "http://127.0.0.1:9/api/v2/log/entries": dial tcp 127.0.0.1:9: connect: connection refused',
    ],
    [
      "the certificate authority (Fulcio)",
      'Post "https://fulcio.example/api/v2/signingCert": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    [
      "the certificate authority (Fulcio)",
      "signing a: signing bundle: error signing bundle: http: read on closed response body",
    ],
    [
      "the timestamp authority",
      'Post "https://timestamp.example/api/v1/timestamp": read: connection reset by peer',
    ],
    [
      "the Sigstore trust root (TUF)",
      'error getting signing config from TUF: failed to load metadata: tuf refresh failed: Get "https://tuf.example/15.root.json": dial tcp: lookup tuf.example: no such host',
    ],
  ])("%s", (service, message) => {
    expect(outageIn(said(message))?.service).toBe(service);
  });
});

describe("what cosign says is no outage", () => {
  it.each([
    "failed to verify signature: could not verify message: invalid signature when validating ASN.1 encoded signature",
    "Fulcio returned 400: there was an error processing the identity token",
    'Post "https://rekor.example/api/v1/log/entries": status 400: signature does not verify',
    "signing a: getting signer: reading key: decrypt: encrypted: decryption failed",
    "no matching CertificateIdentity found, last error: expected SAN value to match",
    "bundle does not contain a DSSE envelope",
    // A warning about the trust root does not make another failure an outage.
    "signing a: getting signer: reading key: invalid pem block",
  ])("when it is: %s", (message) => {
    const warning =
      "WARNING: Could not fetch trusted_root.json: tuf refresh failed: no such host\n";
    expect(outageIn(warning + said(message))).toBeUndefined();
  });
});

describe("what a registry refuses", () => {
  it.each([
    ["refused", "PUT http://r/v2/app/manifests/sha256-0: unexpected status code 409 Conflict"],
    ["refused", "POST https://ghcr.io/v2/app/blobs/uploads/: DENIED: permission_denied"],
    ["refused", "GET https://r/v2/app/manifests/v1: UNAUTHORIZED: authentication required"],
    [
      "invalid-input",
      "HEAD http://r/v2/app/manifests/sha256:0: unexpected status code 404 Not Found",
    ],
    ["target-unreachable", 'Get "http://127.0.0.1:1/v2/": connect: connection refused'],
    ["target-unreachable", "PATCH http://r/v2/a/blobs/uploads/1: unexpected status code 503"],
  ])("is %s: %s", (code, message) => {
    expect(registryFaultIn(said(message))?.code).toBe(code);
  });

  it("is told apart from a signature that is not good", () => {
    expect(registryFaultIn(said("no matching signatures: tlog entry not found"))).toBeUndefined();
  });
});
