const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

/**
 * The first signal lets the run end in order; a second one ends the process at once.
 * A pipeline's host sends SIGINT, some seconds later SIGTERM, and then kills: the undo has to be shorter than that
 * (`USUAL_PATIENCE`).
 */
export function cancelOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // The exit handlers still end children and remove temporary folders.
      if (controller.signal.aborted) process.exit(1);
      controller.abort();
    });
  }
  return controller.signal;
}
