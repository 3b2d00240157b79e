import { z } from "zod";
import {
  bodyOf,
  type Call,
  created,
  idOf,
  type Json,
  list,
  notFound,
  nothing,
  ok,
  type Route,
  route,
} from "../call.ts";
import type { Issue, IssueComment } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";
import { loginOf, numberFor, user } from "../show.ts";
import { openIssue } from "./issue.ts";

const NewIssue = z.object({
  title: z.union([z.string(), z.number()]).transform(String),
  body: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
  assignees: z.array(z.string()).optional(),
});
const ChangedIssue = NewIssue.partial().extend({
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.string().nullish(),
});
const Comment = z.object({
  body: z.string().min(1).max(65_536, "body is too long (maximum is 65536 characters)"),
});
const Labels = z.union([z.object({ labels: z.array(z.string()) }), z.array(z.string())]);

/** A pull request is an issue too: either permission will do for what both have. */
const read = { issues: "read", "pull-requests": "read" } as const;
const write = { issues: "write", "pull-requests": "write" } as const;

export const issues: readonly Route[] = [
  route("GET issues", read, (call) => {
    const state = call.query.get("state") ?? "open";
    const labels = (call.query.get("labels") ?? "").split(",").filter((label) => label !== "");
    const found = call.hub.issues
      .newest()
      .filter((issue) => state === "all" || issue.state === state)
      .filter((issue) => labels.every((label) => issue.labels.includes(label)));
    return list(found.map((issue) => show(call.hub, issue)));
  }),
  route("POST issues", { issues: "write" }, (call) => {
    const { hub } = call;
    const given = bodyOf(call, NewIssue);
    const issue = hub.issues.add({
      ...openIssue(hub, Math.max(0, ...hub.issues.all().map(({ number }) => number)) + 1, false),
      by: loginOf(hub, call.holder),
      title: given.title,
      body: given.body ?? "",
      labels: namesOf(given.labels),
      assignees: given.assignees ?? [],
    });
    return created(show(hub, issue));
  }),
  route("GET issues/{number}", read, (call) => ok(show(call.hub, issueOf(call)))),
  route("PATCH issues/{number}", write, (call) => {
    const issue = issueOf(call);
    const given = bodyOf(call, ChangedIssue);
    issue.title = given.title ?? issue.title;
    issue.body = given.body ?? issue.body;
    issue.state = given.state ?? issue.state;
    issue.stateReason = given.state_reason ?? (issue.state === "closed" ? "completed" : null);
    if (given.labels) issue.labels = namesOf(given.labels);
    if (given.assignees) issue.assignees = given.assignees;
    issue.updatedAt = stamp();
    return ok(show(call.hub, issue));
  }),
  route("GET issues/{number}/comments", read, (call) => {
    const issue = issueOf(call);
    return list(issue.comments.map((comment) => showComment(call.hub, issue, comment)));
  }),
  route("POST issues/{number}/comments", write, (call) => {
    const { hub } = call;
    const issue = issueOf(call);
    const { body } = bodyOf(call, Comment);
    const by = loginOf(hub, call.holder);
    const comment = { id: hub.nextId(), by, createdAt: stamp(), updatedAt: stamp(), body };
    issue.comments.push(comment);
    return created(showComment(hub, issue, comment));
  }),
  route("GET issues/comments/{id}", read, (call) => {
    const { issue, comment } = commentOf(call);
    return ok(showComment(call.hub, issue, comment));
  }),
  route("PATCH issues/comments/{id}", write, (call) => {
    const { issue, comment } = commentOf(call);
    comment.body = bodyOf(call, Comment).body;
    comment.updatedAt = stamp();
    return ok(showComment(call.hub, issue, comment));
  }),
  route("DELETE issues/comments/{id}", write, (call) => {
    const { issue, comment } = commentOf(call);
    issue.comments.splice(issue.comments.indexOf(comment), 1);
    return nothing();
  }),
  route("GET issues/{number}/labels", read, (call) => list(issueOf(call).labels.map(showLabel))),
  route("POST issues/{number}/labels", write, (call) => {
    const issue = issueOf(call);
    const given = bodyOf(call, Labels);
    issue.labels = [...new Set([...issue.labels, ...("labels" in given ? given.labels : given)])];
    return ok(issue.labels.map(showLabel));
  }),
  route("DELETE issues/{number}/labels/{label}", write, (call) => {
    const issue = issueOf(call);
    if (!issue.labels.includes(call.params.label ?? "")) throw notFound();
    issue.labels = issue.labels.filter((label) => label !== call.params.label);
    return ok(issue.labels.map(showLabel));
  }),
];

function namesOf(labels: readonly (string | { readonly name: string })[] | undefined): string[] {
  return (labels ?? []).map((label) => (typeof label === "string" ? label : label.name));
}

function issueOf(call: Call): Issue {
  const number = idOf(call, "number");
  const found = call.hub.issues.find((issue) => issue.number === number);
  if (found) return found;
  throw notFound();
}

function commentOf(call: Call): { issue: Issue; comment: IssueComment } {
  const id = idOf(call, "id");
  for (const issue of call.hub.issues.all()) {
    const comment = issue.comments.find((known) => known.id === id);
    if (comment) return { issue, comment };
  }
  throw notFound();
}

function showLabel(name: string): Json {
  return { id: numberFor(name), name, color: "ededed", default: false, description: null };
}

function show(hub: Hub, issue: Issue): Json {
  const kind = issue.isPull ? "pull" : "issues";
  return {
    id: issue.id,
    node_id: `I_${issue.id}`,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    labels: issue.labels.map(showLabel),
    assignees: issue.assignees.map(user),
    comments: issue.comments.length,
    user: user(issue.by),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.state === "closed" ? issue.updatedAt : null,
    url: hub.repositoryUrl(`/issues/${issue.number}`),
    html_url: hub.pageUrl(`/${kind}/${issue.number}`),
    ...(issue.isPull ? { pull_request: { url: hub.repositoryUrl(`/pulls/${issue.number}`) } } : {}),
  };
}

function showComment(hub: Hub, issue: Issue, comment: IssueComment): Json {
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    body: comment.body,
    user: user(comment.by),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    url: hub.repositoryUrl(`/issues/comments/${comment.id}`),
    html_url: hub.pageUrl(`/issues/${issue.number}#issuecomment-${comment.id}`),
    issue_url: hub.repositoryUrl(`/issues/${issue.number}`),
  };
}
