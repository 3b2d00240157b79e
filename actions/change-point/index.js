// Generated from actions/change-point/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("change-point", "main");
