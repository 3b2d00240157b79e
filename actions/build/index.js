// Generated from actions/build/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("build", "main");
