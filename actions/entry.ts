// Generated from the folders in actions/ by `npm run generate`; do not edit.
import { enterProcess, type Phase } from "../lib/action/enter.ts";

/** Each action is a chunk of the bundle: a step pays only for the one it uses. */
const ACTIONS = {
  build: () => import("./build/action.ts"),
  "canary-promote": () => import("./canary-promote/action.ts"),
  "change-point": () => import("./change-point/action.ts"),
  "code-scan": () => import("./code-scan/action.ts"),
  "cosign-sign": () => import("./cosign-sign/action.ts"),
  deploy: () => import("./deploy/action.ts"),
  "host-tune": () => import("./host-tune/action.ts"),
  "k6-gate": () => import("./k6-gate/action.ts"),
  "known-words": () => import("./known-words/action.ts"),
  publish: () => import("./publish/action.ts"),
  report: () => import("./report/action.ts"),
  rollback: () => import("./rollback/action.ts"),
  "trivy-scan": () => import("./trivy-scan/action.ts"),
} as const;

export type ActionName = keyof typeof ACTIONS;

/** What `actions/NAME/index.js` and `post.js` call. */
export async function enter(name: ActionName, phase: Phase): Promise<void> {
  const { default: action } = await ACTIONS[name]();
  await enterProcess(action, phase);
}
