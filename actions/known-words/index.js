// Generated from actions/known-words/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("known-words", "main");
