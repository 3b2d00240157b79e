import type { Answers } from "./answers.ts";

/** load/requests.js: what the load gate sends to the candidate and to what it replaces. */
export function loadScript({ name, request }: Pick<Answers, "name" | "request">): string {
  return `// What the load gate asks ${name} for: the candidate and the version that it replaces get the same, in turns.
// Put in here what your users ask for most. https://grafana.com/docs/k6/latest/using-k6/
import { check } from "k6";
import http from "k6/http";

export const options = {
  scenarios: {
    requests: {
      executor: "constant-arrival-rate",
      rate: Number(__ENV.RATE || 100),
      timeUnit: "1s",
      duration: __ENV.DURATION || "30s",
      preAllocatedVUs: 20,
      maxVUs: 200,
    },
  },
  thresholds: {
    http_req_failed: ["rate<0.01"],
    checks: ["rate>0.99"],
  },
};

export default function () {
  const answer = http.get(\`\${__ENV.BASE_URL}${request}\`);
  check(answer, { "it is answered": ({ status }) => status >= 200 && status < 400 });
}
`;
}
