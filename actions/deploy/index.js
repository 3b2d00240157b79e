// Generated from actions/deploy/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("deploy", "main");
