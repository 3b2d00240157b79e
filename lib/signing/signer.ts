import { SluiceError } from "../error.ts";
import type { Shop } from "../tools/shop.ts";
import { type Cosign, openCosign } from "./cosign.ts";
import { cosignSaid } from "./failure.ts";
import { type IdToken, requestIdToken } from "./id-token.ts";
import type { Policy } from "./policy.ts";
import { publicKeyOf } from "./public-key.ts";
import { VARIABLE_REFERENCE, variableOf } from "./variable.ts";

export interface SignerSettings {
  /** `env://NAME`; keyless, by the job's OIDC identity, when absent. */
  key?: string | undefined;
  /** Only a key may sign without the log. */
  transparencyLog: boolean;
  /** Who the job must be, where the caller knows. */
  identity?: string | undefined;
  issuer?: string | undefined;
  /** Absolute paths, for an own Sigstore; the public one when absent. */
  signingConfig?: string | undefined;
  trustedRoot?: string | undefined;
}

/** Somebody who can sign, and the policy by which everybody else will check it. */
export interface Signer {
  policy: Policy;
  /** Arguments of every signing call. */
  args: readonly string[];
  /** Variables of the next signing call; secrets travel here and nowhere else. */
  env(): Promise<NodeJS.ProcessEnv>;
  cosign: Cosign;
}

const KEY_VARIABLE = "SLUICE_SIGNING_KEY";

/** The signer that `settings` describe; finds out at once whether it can sign, before anything is made. */
export async function openSigner(settings: SignerSettings, shop: Shop): Promise<Signer> {
  const { signingConfig, trustedRoot } = settings;
  const services = [
    ...(signingConfig === undefined ? [] : ["--signing-config", signingConfig]),
    ...(trustedRoot === undefined ? [] : ["--trusted-root", trustedRoot]),
  ];
  const trust = trustedRoot === undefined ? {} : { trustedRoot };
  return settings.key === undefined
    ? identitySigner(settings, services, trust, shop)
    : keySigner(settings.key, settings.transparencyLog, services, trust, shop);
}

type Trust = { trustedRoot?: string };

async function keySigner(
  reference: string,
  transparencyLog: boolean,
  services: readonly string[],
  trust: Trust,
  shop: Shop,
): Promise<Signer> {
  const env = secretsOf(reference, shop.env);
  const cosign = await openCosign(shop);
  const asked = await cosign(["public-key", "--key", `env://${KEY_VARIABLE}`], env);
  if (asked.code !== 0) {
    throw new SluiceError("invalid-input", `the signing key in ${reference} cannot be opened`, {
      hint: "it must be a key that `cosign generate-key-pair` made, with its password in COSIGN_PASSWORD",
      cause: new Error(cosignSaid(asked)),
    });
  }
  const key = publicKeyOf(asked.stdout, `the public half of ${reference}`);
  // The second flag alone is an error: the public Sigstore's configuration names a log.
  const log = transparencyLog ? services : ["--use-signing-config=false", "--tlog-upload=false"];
  return {
    policy: { by: "key", key, transparencyLog, ...trust },
    args: ["--key", `env://${KEY_VARIABLE}`, ...log],
    env: async () => env,
    cosign,
  };
}

/** The key and its password, for cosign alone. An absent password is an empty one: nobody is there to be asked. */
function secretsOf(reference: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const variable = variableOf(reference);
  // What was given is not repeated: it may be the key itself.
  if (variable === undefined) {
    throw new SluiceError("invalid-input", `key: accepted is ${VARIABLE_REFERENCE}`, {
      hint: "keep the key in a secret and hand it over in the step's env; a key in a file or an input ends up in caches and logs",
    });
  }
  const key = env[variable];
  if (!key) {
    throw new SluiceError("invalid-input", `key: the variable ${variable} is empty`, {
      hint: `set it in the step's env: ${variable}: \${{ secrets.${variable} }}`,
    });
  }
  return { [KEY_VARIABLE]: key, COSIGN_PASSWORD: env.COSIGN_PASSWORD ?? "" };
}

async function identitySigner(
  settings: SignerSettings,
  services: readonly string[],
  trust: Trust,
  shop: Shop,
): Promise<Signer> {
  if (!settings.transparencyLog) {
    throw new SluiceError("invalid-input", "transparency-log: false is for keys only", {
      hint: "a certificate lives ten minutes, and only the log proves when it was used; give a key, or leave the log on",
    });
  }
  const first = await requestIdToken(shop.env, shop.signal);
  mustBe(first, settings);
  return {
    policy: {
      by: "identity",
      identity: { exactly: first.identity },
      issuer: first.issuer,
      ...trust,
    },
    args: services,
    // A token lives minutes and a certificate is asked for with each signature: a fresh one each time.
    env: async () => ({
      SIGSTORE_ID_TOKEN: (await requestIdToken(shop.env, shop.signal)).token,
    }),
    cosign: await openCosign(shop),
  };
}

/** A signature by somebody else than those who check expect would be found out too late. */
function mustBe(token: IdToken, { identity, issuer }: SignerSettings): void {
  for (const [what, wanted, is] of [
    ["identity", identity, token.identity],
    ["issuer", issuer, token.issuer],
  ] as const) {
    if (wanted === undefined || wanted === is) continue;
    throw new SluiceError("refused", `${what}: this job is ${is}, not ${wanted}`, {
      hint: `sign in the workflow that is ${wanted}, or let those who check expect ${is}; nothing was signed`,
    });
  }
}
