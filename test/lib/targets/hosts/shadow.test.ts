import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { HostsTargetSettings, Machine } from "../../../../lib/environment/environment.ts";
import { Host } from "../../../../lib/targets/hosts/host.ts";
import { runShadow } from "../../../../lib/targets/hosts/shadow-run.ts";
import { freshFolder } from "../../../support/fresh-folder.ts";
import { expectCode } from "../contract.ts";

const PROGRAM = fileURLToPath(new URL("../../../../hosts/programs/sluice-host", import.meta.url));

/** Says what the real one would of two slots, and notes what it is asked to stop. */
const SYSTEMCTL = `#!/bin/sh
case "$*" in
  'show -p User'*) echo "$UNIT_USER" ;;
  'show -p ExecMainStatus'*) cat "$NOTES.status" 2>/dev/null || echo 0 ;;
  'show -p ExecMainCode'*) [ -f "$NOTES.status" ] && echo 1 || echo 0 ;;
  show*) printf 'ActiveState=active\\nMainPID=1\\nNRestarts=0\\n' ;;
  stop*) echo "$*" >>"$NOTES" ;;
esac
`;
/** Starts the command as it stands after its own words, with the variables of its file. */
const SYSTEMD_RUN = `#!/bin/sh
echo "$*" >>"$NOTES"
[ -z "$BROKEN" ] || { echo "no such property" >&2; exit 1; }
while [ "$1" != timeout ]; do
  case $1 in
    EnvironmentFile=*) set -a; . "\${1#EnvironmentFile=}"; set +a ;;
    StandardOutput=file:*) said=\${1#StandardOutput=file:} ;;
  esac
  shift
done
"$@" >"$said" 2>&1 && exit 0
echo "$?" >"$NOTES.status"
exit 1
`;

const MACHINE: Machine = {
  name: "engine-1",
  address: "10.0.0.1",
  reach: { by: "local" },
  sudo: false,
};

interface Around {
  user?: string;
  stands?: readonly string[];
  program?: string;
  broken?: boolean;
}

/** The real program of a host, with a systemd that is played. */
function hostWith({
  user = "engine",
  stands = ["blue", "green"],
  program = PROGRAM,
  broken = false,
}: Around = {}) {
  const folder = freshFolder();
  const at = (...names: string[]) => join(folder, ...names);
  for (const name of ["bin", "etc", "programs"]) mkdirSync(at(name));
  for (const slot of stands) {
    mkdirSync(at("site/slots", slot, "app"), { recursive: true });
    writeFileSync(at("site/slots", slot, "release"), `${"0".repeat(64)}\n`);
  }
  writeFileSync(at("etc/lab.host"), `folder='${at("site")}'\nunit=engine@\n`);
  const script = (path: string, text: string) => {
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  };
  script(at("bin/systemctl"), SYSTEMCTL);
  script(at("bin/systemd-run"), SYSTEMD_RUN);
  script(
    at("programs/sluice-host"),
    `#!/bin/sh
export SLUICE_ETC='${at("etc")}' PATH='${at("bin")}':"$PATH" NOTES='${at("notes")}' UNIT_USER='${user}' BROKEN='${broken ? 1 : ""}'
exec '${program}' "$@"
`,
  );
  const settings: HostsTargetSettings = {
    kind: "hosts",
    hosts: [MACHINE],
    edges: [MACHINE],
    ports: { blue: { service: 8081, metrics: 9081 }, green: { service: 8082, metrics: 9082 } },
    batches: [["engine-1"]],
    unit: "engine@",
    folder: at("site"),
    backend: "engine",
    socket: "/nowhere",
    programs: at("programs"),
  };
  const host = new Host(MACHINE, "lab", settings);
  const run = (words: string[], env: Record<string, string> = {}, timeoutMs = 60_000) =>
    runShadow({
      ...{ host, settings, slot: "green", version: "2.0.0", beside: "blue" },
      ...{ stableVersion: "1.0.0", token: 7 },
      shadow: { run: words, env, timeoutMs, onInconclusive: "fail" },
    });
  return { host, run, notes: () => readFileSync(at("notes"), "utf8"), folder: at("site") };
}

describe("a command beside stable, on a host", () => {
  it("runs in the candidate's folder as the unit's user, in a sandbox that writes nowhere", async () => {
    const { run, notes, folder } = hostWith();
    const print = 'echo "$0 $1 $2 $MINE"; pwd; exit 3';
    const words = ["sh", "-c", print, "{host}", "{stable-slot}:{stable-port}", "{stable-folder}"];
    const ran = await run(words, { MINE: "{stable-version} beside {version}" });
    expect(ran).toMatchObject({ instance: "engine-1-green", end: { how: "exited", code: 3 } });
    const app = (slot: string) => join(folder, "slots", slot, "app");
    expect(ran.lastLines.split("\n")).toEqual([
      `10.0.0.1 blue:8081 ${app("blue")} 1.0.0 beside 2.0.0`,
      app("green"),
    ]);
    const told = notes();
    expect(told).toContain("--unit=sluice-shadow-lab-green");
    for (const setting of ["User=engine", "ProtectSystem=strict", "NoNewPrivileges=yes", "Nice=10"])
      expect(told).toContain(`-p ${setting}`);
    expect(told).toContain("TimeoutStartSec=70");
  });

  it("is ended after its time, and stopped with its slot", async () => {
    const { run, host, notes } = hostWith();
    const late = await run(["sh", "-c", "exec sleep 600"], {}, 2_000);
    expect(late).toMatchObject({ end: { how: "too-late" } });
    await host.stop("green", 7);
    expect(notes()).toContain("stop sluice-shadow-lab-green.service");
  });

  it("shows the last lines of one that says much", async () => {
    const { run } = hostWith();
    const { end, lastLines } = await run(["sh", "-c", "seq 1 100000; exit 1"]);
    expect(end).toEqual({ how: "exited", code: 1 });
    expect(lastLines.split("\n").slice(-2)).toEqual(["99999", "100000"]);
    expect(lastLines.split("\n").length).toBe(10);
  });

  it("is not run where stable does not stand, nor as root, nor by who lost the lease", async () => {
    const alone = hostWith({ stands: ["green"] });
    expect(await alone.run(["true"])).toMatchObject({ end: { how: "alone" } });
    const root = hostWith({ user: "" });
    expect((await expectCode(root.run(["true"]), "refused")).message).toContain("runs as root");
    const { host } = hostWith();
    await host.stop("blue", 8);
    const files = { variables: "", start: "#!/bin/sh\n" };
    await expectCode(host.shadow("green", 6, 1_000, files), "lease-lost");
  });

  it("is refused to an older runner, also where a power cut left nothing of the newest token, and both slots change at once", async () => {
    const { host, folder } = hostWith();
    writeFileSync(join(folder, "last-token"), "");
    await host.stop("green", 5);
    await expectCode(host.stop("blue", 4), "lease-lost");
    await Promise.allSettled([host.stop("blue", 9), host.stop("green", 8)]);
    await expectCode(host.stop("green", 8), "lease-lost");
  });

  it("that systemd does not begin is no outcome, and least of all a good one", async () => {
    const error = await expectCode(hostWith({ broken: true }).run(["true"]), "target-unreachable");
    expect(error.message).toContain("no such property");
    expect(await hostWith().run(["true"])).toMatchObject({ end: { how: "exited", code: 0 } });
  });

  it("is unsupported on a host whose program is of before there was such a thing", async () => {
    const { host } = hostWith();
    await host.mustShadow();
    const folder = freshFolder();
    const old = join(folder, "old");
    writeFileSync(old, '#!/bin/sh\necho "unknown verb $2" >&2\nexit 2\n');
    chmodSync(old, 0o755);
    const error = await expectCode(hostWith({ program: old }).host.mustShadow(), "unsupported");
    expect(error.message).toContain("engine-1 can run nothing beside stable");
    expect(error.hint).toContain("playbook");
  });
});
