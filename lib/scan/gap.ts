import type { TrivyReport } from "./trivy-report.ts";

/**
 * Why trivy has nothing to say about packages of an operating system that it saw, which looks just like having
 * found nothing; undefined when it could judge them, or there are none.
 */
export function gapOf({ Metadata, Results }: TrivyReport): string | undefined {
  const { Family = "", Name = "", EOSL } = Metadata?.OS ?? {};
  if (Family === "") return undefined;
  // Trivy's word for packages that are there without a word of whose they are.
  if (Family === "none") {
    return "there are packages of an operating system that trivy does not know";
  }
  const os = `${Family} ${Name}`.trim();
  if (EOSL === true) {
    return `${os} gets no security updates any more, so nobody says what is vulnerable in it`;
  }
  const isSeen = Results.some((one) => one.Class === "os-pkgs" && one.Packages.length > 0);
  return isSeen ? undefined : `it is ${os}, and its list of installed packages is missing`;
}
