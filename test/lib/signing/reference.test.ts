import { describe, expect, it } from "vitest";
import { imageReference, referenceText } from "../../../lib/signing/reference.ts";
import type { Digest } from "../../../lib/units/digest.ts";

const DIGEST = `sha256:${"a".repeat(64)}` as Digest;
const OTHER = `sha256:${"b".repeat(64)}` as Digest;

describe("an image to sign", () => {
  it.each([
    ["ghcr.io/owner/app", DIGEST],
    ["localhost/app", DIGEST],
    ["127.0.0.1:5000/team/app", DIGEST],
    [`registry:5000/a_b/c-d@${DIGEST}`, undefined],
    [`ghcr.io/owner/app@${DIGEST}`, DIGEST],
  ])("may be %s", (name, digest) => {
    const text = referenceText(imageReference(name, digest));
    expect(text).toBe(`${name.split("@")[0]}@${DIGEST}`);
  });

  it.each([
    ["ghcr.io/owner/app:v1", DIGEST, "a tag can be moved"],
    ["127.0.0.1:5000/app:latest", undefined, "subject-name: 127.0.0.1:5000/app with"],
    [`ghcr.io/owner/app:v1@${DIGEST}`, undefined, "a tag can be moved"],
    ["ghcr.io/owner/app", undefined, "only digests are signed"],
    ["app", DIGEST, "give the registry too"],
    ["owner/app", DIGEST, "give the registry too"],
    ["ghcr.io/owner/app@sha256:abc", DIGEST, "give the registry too"],
    ["--key=x/y", DIGEST, "give the registry too"],
    [`ghcr.io/owner/app@${OTHER}`, DIGEST, "give one of them"],
  ])("is not %s (with %s)", (name, digest, hint) => {
    expect(() => imageReference(name, digest)).toThrow(
      expect.objectContaining({ code: "invalid-input", hint: expect.stringContaining(hint) }),
    );
  });
});
