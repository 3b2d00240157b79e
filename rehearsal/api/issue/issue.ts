import type { Issue } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";

/** An issue, or that of a pull request, before anything is said about it. */
export function openIssue(hub: Hub, number: number, isPull: boolean): Issue {
  const at = stamp();
  return {
    id: hub.nextId(),
    by: hub.facts.actor,
    createdAt: at,
    updatedAt: at,
    number,
    isPull,
    fromEvent: false,
    title: "",
    body: "",
    state: "open",
    stateReason: null,
    labels: [],
    assignees: [],
    comments: [],
  };
}
