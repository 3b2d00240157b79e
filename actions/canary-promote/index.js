// Generated from actions/canary-promote/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("canary-promote", "main");
