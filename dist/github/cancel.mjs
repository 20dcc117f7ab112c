process.argv.splice(2, 0, "cancel");
await import('./index.mjs');
