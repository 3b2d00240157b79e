import { createHash, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  rekorHandler,
} from "@sigstore/mock";

export interface Job {
  /** `owner/repo/.github/workflows/release.yml@refs/tags/v1` */
  workflowRef: string;
  repository: string;
}

/**
 * A Sigstore of one's own on loopback: certificates, their log and the transparency log are real and new with each
 * start; only the services around them are the sigstore project's mock. It is also the jobs' OIDC issuer.
 */
export interface LoopbackSigstore extends AsyncDisposable {
  issuer: string;
  /** Paths of what tells cosign where the services are, and whom to trust. */
  signingConfig: string;
  trustedRoot: string;
  /** As the runner sets it for a job with `id-token: write`. */
  envOf(job: Job): Record<string, string>;
  /** The service whose path contains this answers 503. */
  down: string | undefined;
  asked: string[];
}

const SINCE = "2024-01-01T00:00:00Z";
const keyPair = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });

/** What the mock's CA puts into the certificate; the real one makes it from job_workflow_ref. */
const SUBJECT_CLAIM = "subject_of_certificate";

export async function loopbackSigstore(folder: string): Promise<LoopbackSigstore> {
  const services = new Map<string, (body: string) => Promise<Reply>>();
  const sigstore = { down: undefined as string | undefined, asked: [] as string[] };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    sigstore.asked.push(path);
    const body = await text(request);
    const { status, bytes, headers } =
      sigstore.down !== undefined && path.includes(sigstore.down)
        ? { status: 503, bytes: "out of order", headers: {} }
        : await answer(services, request, body);
    response.writeHead(status, headers).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const ctLog = await initializeCTLog(keyPair());
  const authority = await initializeCA(keyPair(), ctLog);
  const log = await initializeTLog(issuer, keyPair());
  const fulcio = fulcioHandler(authority, { subjectClaim: SUBJECT_CLAIM });
  for (const { path, fn } of [fulcio, rekorHandler(log)]) services.set(path, fn);

  const { buffer, byteOffset, byteLength } = authority.rootCertificate;
  const rawBytes = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  const root = {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [trustedLog(issuer, log.publicKey)],
    ctlogs: [trustedLog(issuer, ctLog.publicKey)],
    certificateAuthorities: [
      {
        subject: { organization: "sigstore.mock", commonName: "sigstore" },
        uri: issuer,
        certChain: { certificates: [{ rawBytes }] },
        validFor: { start: SINCE },
      },
    ],
  };
  const service = {
    url: issuer,
    majorApiVersion: 1,
    validFor: { start: SINCE },
    operator: "loopback",
  };
  const config = {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service],
    rekorTlogUrls: [service],
    rekorTlogConfig: { selector: "ANY" },
    tsaConfig: {},
  };
  const signingConfig = join(folder, "signing-config.json");
  const trustedRoot = join(folder, "trusted-root.json");
  writeFileSync(signingConfig, JSON.stringify(config));
  writeFileSync(trustedRoot, JSON.stringify(root));

  return Object.assign(sigstore, {
    issuer,
    signingConfig,
    trustedRoot,
    envOf: ({ workflowRef, repository }: Job) => {
      services.set(`/token/${workflowRef}?audience=sigstore`, async () => {
        const value = idToken({
          iss: issuer,
          aud: "sigstore",
          sub: `repo:${repository}:environment:test`,
          exp: Math.floor(Date.now() / 1_000) + 600,
          repository,
          job_workflow_ref: workflowRef,
          [SUBJECT_CLAIM]: `https://github.com/${workflowRef}`,
        });
        return { statusCode: 200, response: JSON.stringify({ value }) };
      });
      return {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${issuer}/token/${workflowRef}`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "a runner's",
      };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

interface Reply {
  statusCode: number;
  response: string | object;
  contentType?: string;
}

/** What the mock says, in the form that Go's clients of the real services expect. */
async function answer(
  services: Map<string, (body: string) => Promise<Reply>>,
  { url = "", headers }: IncomingMessage,
  body: string,
) {
  const service = services.get(url);
  if (service === undefined) return { status: 404, bytes: "", headers: {} };
  const isFulcio = url.endsWith("/signingCert");
  const oidcIdentityToken = headers.authorization?.replace(/^Bearer /, "");
  const asked = isFulcio
    ? JSON.stringify({ ...JSON.parse(body), credentials: { oidcIdentityToken } })
    : body;
  const { statusCode, response, contentType = "application/json" } = await service(asked);
  const bytes = typeof response === "string" ? response : JSON.stringify(response);
  const isEntry = url.endsWith("/log/entries") && statusCode === 201;
  return {
    status: isFulcio && statusCode === 201 ? 200 : statusCode,
    bytes,
    headers: {
      "content-type": contentType,
      ...(isEntry ? { etag: Object.keys(JSON.parse(bytes))[0] ?? "" } : {}),
    },
  };
}

function trustedLog(baseUrl: string, publicKey: Buffer) {
  const rawBytes = publicKey.toString("base64");
  const keyId = createHash("sha256").update(publicKey).digest("base64");
  return {
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes, keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor: { start: SINCE } },
    logId: { keyId },
  };
}

/** Nobody here checks its signature: the mock takes what it says. */
function idToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
}
