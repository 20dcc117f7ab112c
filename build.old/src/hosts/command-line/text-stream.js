/** A standard stream that keeps the first error of a write, which Node would otherwise let pass or throw. */
export class TextStream {
    #stream;
    #onFailure;
    #last = Promise.resolve();
    #failure;
    constructor(stream, onFailure = () => undefined) {
        this.#stream = stream;
        this.#onFailure = onFailure;
        // What goes wrong comes to the callback of the write as well; without a listener it would end the process.
        stream.on('error', () => undefined);
    }
    write(text) {
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
    async failure() {
        await this.#last;
        return this.#failure;
    }
}
//# sourceMappingURL=text-stream.js.map