// Generated from actions/report/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("report", "main");
