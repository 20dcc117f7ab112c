import type { Writable } from 'node:stream';

import { layoutOf, type Layout } from './terminal-layout.js';

/** A standard stream that keeps the first error of a write, which Node would otherwise let pass or throw. */
export class TextStream {
  readonly #stream: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly #onFailure: () => void;
  #last: Promise<void> = Promise.resolve();
  #failure: NodeJS.ErrnoException | undefined;

  constructor(
    stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
    onFailure: () => void = () => undefined,
  ) {
    this.#stream = stream;
    this.#onFailure = onFailure;
    // What goes wrong comes to the callback of the write as well; without a listener it would end the process.
    stream.on('error', () => undefined);
  }

  /** How the stream shows lines at this moment. */
  layout(environment: NodeJS.ProcessEnv): Layout {
    return layoutOf(this.#stream, environment);
  }

  write(text: string): void {
    this.#last = new Promise((resolve) => {
      this.#stream.write(text, (error) => {
        if (error instanceof Error && this.#failure === undefined) {
          this.#failure = error;
          this.#onFailure();
        }
        resolve();
      });
    });
  }

  /** Waits until all that was written has arrived or is lost. Returns why it is lost. */
  async failure(): Promise<NodeJS.ErrnoException | undefined> {
    await this.#last;
    return this.#failure;
  }
}
