import { type Breach, breach } from "./rule.ts";
import type { VerifyFile } from "./verify-schema.ts";

type Rule = (verify: Exclude<VerifyFile, "off">) => Breach[];

const oneSignerIsNamed: Rule = ({ key, identity, "identity-regexp": pattern }) =>
  [key, identity, pattern].filter((one) => one !== undefined).length === 1
    ? []
    : breach(["verify"], "one of key, identity and identity-regexp");

const anIdentityHasItsIssuer: Rule = ({ key, issuer }) =>
  key !== undefined || issuer !== undefined
    ? []
    : breach(
        ["verify", "issuer"],
        "the issuer of the identity: https://token.actions.githubusercontent.com",
      );

/** A key says nothing of issuers and repositories: who wrote one would believe that it is checked. */
const aKeyStandsAlone: Rule = ({ key, issuer, repository }) =>
  key === undefined
    ? []
    : [
        ...(issuer === undefined ? [] : breach(["verify", "issuer"], "no issuer with a key")),
        ...(repository === undefined
          ? []
          : breach(["verify", "repository"], "no repository with a key")),
      ];

const anIdentityIsAlwaysLogged: Rule = ({ key, "transparency-log": logged }) =>
  key !== undefined || logged !== false
    ? []
    : breach(
        ["verify", "transparency-log"],
        "false only with a key: a certificate lives minutes, and only the log says when it was used",
      );

const RULES: readonly Rule[] = [
  oneSignerIsNamed,
  anIdentityHasItsIssuer,
  aKeyStandsAlone,
  anIdentityIsAlwaysLogged,
];

/** All that must hold between the keys of `verify`. */
export const VERIFY_RULES = RULES.map(
  (rule) => (verify: VerifyFile) => (verify === "off" ? [] : rule(verify)),
);
