// Generated from actions/rollback/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("rollback", "main");
