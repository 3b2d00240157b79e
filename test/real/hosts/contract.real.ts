import { openTarget } from "../../../lib/targets/open.ts";
import { type ContractSubject, targetContract } from "../../lib/targets/contract.ts";
import { packService } from "../../support/service-archive.ts";
import { startLab } from "./lab.ts";

/** Machines are booted for it. */
const LIMIT_MS = 600_000;

const open = async (): Promise<ContractSubject> => {
  const lab = await startLab({ edges: 1, hosts: 2 });
  return {
    target: await openTarget(lab.environment),
    url: lab.urls[0] ?? "",
    placesBaseline: false,
    pack: (version, behaviour) => packService(lab.folder, version, behaviour),
    close: () => lab.close(),
  };
};

targetContract("hosts", open, LIMIT_MS);
