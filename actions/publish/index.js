// Generated from actions/publish/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("publish", "main");
