process.argv.splice(2, 0, "await");
await import('./index.mjs');
