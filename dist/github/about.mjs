process.argv.splice(2, 0, "about");
await import('./index.mjs');
