import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { until } from "../support/until.ts";
import { type Files, folder, runWorkflow } from "./rehearsed.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));

/** A program that takes docker's orders, writes them down, and does on this machine what a container would do. */
const ENGINE = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/orders"
case "$1" in
  info) exit 0 ;;
  build) echo sha256:built ;;
  login) read -r secret; echo "$secret" > "$DOCKER_CONFIG/config.json"; [ "$secret" != wrong ] || { echo 'Error: denied' >&2; exit 1; } ;;
  pull) grep -q right "$DOCKER_CONFIG/config.json" && [ "$REGISTRY_AUTH_FILE" = "$DOCKER_CONFIG/config.json" ] ;;
  exec)
    shift
    while :; do
      case "$1" in
        --workdir=*) cd "\${1#--workdir=}" ;;
        sluice-job-*) break ;;
      esac
      shift
    done
    shift
    [ "$1" = /__e/node24/bin/node ] && shift && set -- "${process.execPath}" "$@"
    IN_CONTAINER=yes exec "$@" ;;
  port) echo "6379/tcp -> 0.0.0.0:49153" ;;
  inspect) echo '[{"State":{"Running":true,"Health":{"Status":"healthy"}}}]' ;;
  logs) echo "printed by a service" ;;
  run)
    case "$*" in
      *--detach*) [ "$PASSWORD" = swordfish ] && echo container-id ;;
      *--entrypoint=/before*) echo "before $INPUT_WHO"; echo "s=kept" >> "$GITHUB_STATE" ;;
      *--entrypoint=/after*) echo "after $STATE_s" ;;
      *) echo "inside $INPUT_WHO $GREETING"; echo "x=from the container" >> "$GITHUB_OUTPUT"; [ "$INPUT_WHO" != nobody ] ;;
    esac ;;
esac
`;
const DEAD =
  "#!/bin/sh\necho 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2\nexit 1\n";

function engine(
  script: string,
  podman = "#!/bin/sh\nexit 125\n",
): { path: string; orders: () => string[] } {
  const bin = folder({ docker: script, podman });
  for (const name of ["docker", "podman"]) chmodSync(join(bin, name), 0o755);
  const file = join(bin, "orders");
  return {
    path: `${bin}:${process.env.PATH}`,
    orders: () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []),
  };
}

/** The number that a file has in it; undefined before it is there. */
function numberIn(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, "utf8")) || undefined : undefined;
}

/** One that has ended but was not waited for by its parent (a container's process 1) does not count. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, "utf8"));
}

const ACTION: Files = {
  "greet/action.yml": `
name: greet
inputs: { who: { default: world } }
runs:
  using: docker
  image: Dockerfile
  entrypoint: /greet
  env: { GREETING: hello }
  args: ["--to", "\${{ inputs.who }}"]
`,
  "greet/Dockerfile": "FROM scratch\n",
};

describe("container actions", () => {
  it("run with the workspace, their inputs and the runner's files, where an engine works", async () => {
    const { path, orders } = engine(ENGINE);
    const { result, printed } = await runWorkflow(
      `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - { id: g, uses: $/greet, with: { who: you } }
      - run: echo "\${{ steps.g.outputs.x }}"
      - { uses: "docker://alpine:3.22", with: { args: "one 'two words'", entrypoint: /bin/echo } }
      - { id: bad, uses: $/greet, with: { who: nobody } }
`,
      { files: ACTION, env: { PATH: path } },
    );
    expect(printed("a").slice(0, 2)).toEqual(["inside you hello", "from the container"]);
    expect(result.jobs.a).toBe("failure");
    const [, build, run, step] = orders();
    expect(build).toMatch(
      /^build --quiet --label=sluice.rehearsal=\S+ --tag sluice-rehearsal-\w+-\w+ --file .*greet\/Dockerfile .*greet$/,
    );
    expect(run).toMatch(/--volume=\S+:\/github\/workspace /);
    expect(run).toMatch(
      /--env=GITHUB_OUTPUT .*--env=INPUT_WHO .*--entrypoint=\/greet sluice-rehearsal-\w+-\w+ --to you$/,
    );
    expect(run).not.toContain("--env=PATH");
    expect(step).toMatch(/--entrypoint=\/bin\/echo alpine:3.22 one two words$/);
  });

  it("run their entrypoints before and after, with what they kept", async () => {
    const { path, orders } = engine(ENGINE);
    const workflow = (second: string): string =>
      `on: push\njobs: { a: { runs-on: x, steps: [{ run: echo first }, { uses: $/staged, with: { who: you${second} } }] } }\n`;
    const staged = `
name: staged
inputs: { who: {} }
runs: { using: docker, image: "docker://alpine:3.22", pre-entrypoint: /before, entrypoint: /greet, post-entrypoint: /after, post-if: success() }
`;
    const files = { "staged/action.yml": staged };
    const { printed, steps } = await runWorkflow(workflow(', args: "one two", entrypoint: /own'), {
      files,
      env: { PATH: path },
    });
    expect(printed("a")).toEqual(["before you", "first", "inside you ", "after kept"]);
    expect(steps("a")).toEqual([
      "Pre Run $/staged: success",
      "Run echo first: success",
      "Run $/staged: success",
      "Post Run $/staged: success",
    ]);
    expect(orders().filter((order) => order.includes("--entrypoint=/own"))[0]).toMatch(
      /alpine:3.22 one two$/,
    );
  });

  it("are told, with what to install, where none works; the job goes on as after any failure", async () => {
    const { path } = engine(DEAD);
    const { annotations, steps } = await runWorkflow(
      `
on: push
jobs:
  a: { runs-on: x, steps: [{ name: Greet, uses: $/greet }, { if: always(), name: Clean up, run: "true" }] }
`,
      { files: ACTION, env: { PATH: path } },
    );
    const [said] = annotations("a");
    expect(said).toContain("The action $/greet/action.yml needs containers, which can't run here");
    expect(said).toContain("docker: Cannot connect to the Docker daemon");
    expect(said).toContain("Install podman");
    expect(steps("a")).toEqual(["Greet: failure", "Clean up: success"]);
  });
});

describe("service containers", () => {
  const services = `
on: push
jobs:
  a:
    runs-on: x
    services:
      redis:
        image: redis:8
        ports: [6379]
        env: { PASSWORD: "\${{ vars.PASSWORD }}" }
        options: --health-cmd "redis-cli ping"
    steps: [{ run: "echo port \${{ job.services.redis.ports['6379'] }}" }]
`;

  it("start before the steps, tell their ports, and end with the job", async () => {
    const { path, orders } = engine(ENGINE);
    const { printed, result } = await runWorkflow(services, {
      env: { PATH: path },
      vars: { PASSWORD: "swordfish" },
    });
    expect(result.jobs.a).toBe("success");
    expect(printed("a")).toEqual(["port 49153"]);
    expect(orders().map((order) => order.split(" ")[0])).toEqual([
      "info",
      "run",
      "port",
      "inspect",
      "logs",
      "container",
      "kill",
      "rm",
    ]);
    expect(orders()[1]).toMatch(
      /--publish=6379 --env=PASSWORD --health-cmd redis-cli ping redis:8$/,
    );
  });

  it("fail the job with what the engine said", async () => {
    const { path, orders } = engine(ENGINE);
    const { result, steps } = await runWorkflow(services, {
      env: { PATH: path },
      vars: { PASSWORD: "wrong" },
    });
    expect(result.jobs.a).toBe("failure");
    expect(steps("a")[0]).toBe("Initialize containers: failure");
    expect(orders().at(-1)).toMatch(/^rm --force --volumes sluice-redis-/);
  });

  it("are not waited for any longer when the run is cancelled", async () => {
    const starting = ENGINE.replace('"Status":"healthy"', '"Status":"starting"');
    const { path, orders } = engine(starting);
    const cancel = new AbortController();
    const { result, steps } = await runWorkflow(services, {
      env: { PATH: path },
      vars: { PASSWORD: "swordfish" },
      signal: cancel.signal,
      onEvent: (event) => {
        // The engine is asked how the service is when it has been started.
        if (event.type !== "log" || !event.line.startsWith("Starting the service")) return;
        const poll = setInterval(() => {
          if (!orders().some((order) => order.startsWith("inspect"))) return;
          clearInterval(poll);
          cancel.abort();
        }, 20);
      },
    });
    expect(result.conclusion).toBe("cancelled");
    expect(steps("a")[0]).toBe("Initialize containers: cancelled");
    expect(orders().at(-1)).toMatch(/^rm --force --volumes sluice-redis-/);
  });

  it("by podman are given as many looks as they may fail, however long a look takes", async () => {
    const config = '"Config":{"Healthcheck":{"Test":["CMD","x"],"Interval":1000000,"Retries":3}}';
    const slow = ENGINE.replace(
      'inspect) echo \'[{"State":{"Running":true,"Health":{"Status":"healthy"}}}]\' ;;',
      `inspect) echo '[{"State":{"Running":true},${config}}]' ;;
  healthcheck) sleep 0.1; [ "$(grep -c healthcheck "$(dirname "$0")/orders")" -eq 3 ] ;;`,
    );
    const { path } = engine("#!/bin/sh\nexit 1\n", slow);
    const { result, annotations } = await runWorkflow(services, {
      env: { PATH: path },
      vars: { PASSWORD: "swordfish" },
    });
    expect(result.jobs.a, annotations("a").join()).toBe("success");
  });

  it("are removed when they are there, where the run is cancelled while they are made", async () => {
    const slow = ENGINE.replace(
      "*--detach*)",
      "*--detach*) trap : TERM; touch $(dirname $0)/making; sleep 1; echo made >> $(dirname $0)/orders;",
    );
    const { path, orders } = engine(slow);
    const making = join(path.split(":")[0] ?? "", "making");
    const cancel = new AbortController();
    const isMaking = until("it is made", () => existsSync(making)).then(() => cancel.abort());
    const ran = runWorkflow(services, {
      env: { PATH: path },
      vars: { PASSWORD: "swordfish" },
      signal: cancel.signal,
    });
    await isMaking;
    expect((await ran).result.conclusion).toBe("cancelled");
    const done = orders().map((order) => order.split(" ")[0]);
    expect(done.indexOf("made"), done.join()).toBe(2);
    expect(done.slice(-2)).toEqual(["kill", "rm"]);
  });

  it("are not made any more when the rehearsal was killed while the engine was about to", async () => {
    const slow = ENGINE.replace(
      "*--detach*)",
      () => "*--detach*) echo $$ > $(dirname $0)/asked; for i in $(seq 1500); do sleep 0.2; done;",
    );
    const { path } = engine(slow);
    const [bin = ""] = path.split(":");
    const dir = folder({ ".github/workflows/test.yml": services });
    const child = spawn(process.execPath, [CLI, "rehearse", "--dir", dir], {
      env: { ...process.env, PATH: path },
      stdio: "ignore",
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = new Promise((resolve) => child.once("close", resolve));
    const asked = join(bin, "asked");
    const pid = await until("a container is asked for", () => numberIn(asked));
    child.kill("SIGKILL");
    await ended;
    await until("nobody makes it any more", () => !isRunning(pid));
  });

  it("are told, with what to install, where no engine works", async () => {
    const { annotations } = await runWorkflow(services, { env: { PATH: engine(DEAD).path } });
    expect(annotations("a")[0]).toContain(
      "The service redis needs containers, which can't run here",
    );
  });
});

describe("a container's credentials", () => {
  const workflow = `
on: push
jobs:
  a:
    runs-on: x
    container: { image: "ghcr.io/o/job:1", credentials: { username: me, password: "\${{ secrets.TOKEN }}" }, env: { PASSWORD: swordfish } }
    services:
      db: { image: "o/db:2", credentials: { username: other, password: "\${{ secrets.TOKEN }}" }, env: { PASSWORD: swordfish } }
      open: { image: "redis:8", credentials: { username: "\${{ vars.NONE }}", password: "\${{ vars.NONE }}" }, env: { PASSWORD: swordfish } }
    steps: [{ run: echo here }]
`;

  it("let the engine log in to the image's registry, for its pull alone", async () => {
    const { path, orders } = engine(ENGINE);
    const { result } = await runWorkflow(workflow, {
      env: { PATH: path },
      secrets: { TOKEN: "the right one" },
    });
    expect(result.conclusion).toBe("success");
    const asked = orders().filter((order) => /^(login|pull)/.test(order));
    expect(asked).toEqual([
      "login --username me --password-stdin ghcr.io",
      "pull --quiet ghcr.io/o/job:1",
      "login --username other --password-stdin docker.io",
      "pull --quiet o/db:2",
    ]);
    expect(orders().join("\n")).not.toContain("the right one");
  });

  it("that are refused fail the job, with what the registry said", async () => {
    const { path } = engine(ENGINE);
    const { annotations, result } = await runWorkflow(workflow, {
      env: { PATH: path },
      secrets: { TOKEN: "wrong" },
    });
    expect(result.jobs.a).toBe("failure");
    expect(annotations("a")[0]).toContain("docker login for 'ghcr.io' failed: Error: denied");
  });
});

describe("a job inside a container", () => {
  const workflow = `
on: push
jobs:
  a:
    runs-on: x
    container: { image: "alpine:3.22", env: { PASSWORD: swordfish }, volumes: ["/a:/b"], options: --cpus 1 }
    services: { redis: { image: "redis:8", env: { PASSWORD: swordfish }, ports: [6379] } }
    steps:
      - uses: $/js
      - run: |
          echo "in $IN_CONTAINER $GREETING \${BASH_VERSION-no bash} \${{ job.container.id }}"
          echo "x=1" >> $GITHUB_OUTPUT
          echo "$PWD/bin" >> $GITHUB_PATH
          mkdir -p bin && printf '#!/bin/sh\\necho tool\\n' > bin/tool && chmod +x bin/tool
        id: s
        env: { GREETING: hello }
      - run: tool; echo "\${{ steps.s.outputs.x }}"
      - run: exit 3
`;
  const files: Files = {
    "js/action.yml": "name: js\nruns: { using: node24, main: main.js }\n",
    "js/main.js": "console.log('js', process.env.IN_CONTAINER)\n",
  };

  it("has its scripts and actions run there, its services by their names, and ends with it", async () => {
    const { path, orders } = engine(ENGINE);
    const { printed, result, annotations } = await runWorkflow(workflow, {
      env: { PATH: path },
      files,
    });
    expect(printed("a")).toEqual(["js yes", "in yes hello no bash container-id", "tool", "1"]);
    expect(annotations("a")).toEqual(["error: Process completed with exit code 3."]);
    expect(result.jobs.a).toBe("failure");
    const started = orders()[1];
    expect(started).toMatch(/--network=host --add-host=redis:127.0.0.1 /);
    expect(started).toMatch(
      / --volume=\/a:\/b --env=HOME=\/github\/home --env=GITHUB_ACTIONS --env=CI --env=PASSWORD --entrypoint=tail --cpus 1 alpine:3.22 -f \/dev\/null$/,
    );
    expect(orders()[2]).toMatch(/--network=host --env=PASSWORD redis:8$/);
    expect(orders().at(-1)).toMatch(/^rm --force --volumes sluice-job-/);
  });

  it("is told, with what to install, where no engine works", async () => {
    const { annotations, result } = await runWorkflow(workflow, {
      env: { PATH: engine(DEAD).path },
      files,
    });
    expect(result.jobs.a).toBe("failure");
    expect(annotations("a")[0]).toContain("The job's container alpine:3.22 needs containers");
  });

  it("runs on the machine itself when its image is empty", async () => {
    const { printed } = await runWorkflow(`
on: push
jobs:
  a:
    runs-on: x
    container: \${{ vars.nothing }}
    steps: [{ run: echo here }]
`);
    expect(printed("a")).toEqual(["here"]);
  });
});
