// Generated from actions/code-scan/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("code-scan", "main");
