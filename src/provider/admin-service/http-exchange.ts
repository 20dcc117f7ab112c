/** One request to the administration service. Its URL is encoded already. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** JSON text; undefined for a request without a body. */
  readonly body: string | undefined;
  /** For people, in retries and errors: `query SMS_SoftwareUpdate (101 to 150 of 300)`. */
  readonly label: string;
  /**
   * `read` may be sent again whenever no good answer came. `write` may be sent again only when nothing was sent.
   * `write-once` makes something new each time it is sent.
   */
  readonly effect: 'read' | 'write' | 'write-once';
  /** Not sent again even where its effect allows it: what it asks is worth no wait. */
  readonly isSentOnce?: true;
}

export type HttpAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      /** Where a redirect would lead. It is never followed: the login would go there. */
      readonly redirectsTo?: string | undefined;
    }
  | {
      readonly kind: 'no-answer';
      /** Whether any byte of the request left this machine. When in doubt: true. */
      readonly sent: boolean;
      /** curl's exit code for this transfer; undefined when curl itself was ended or could not start. */
      readonly curlCode: number | undefined;
      readonly words: string;
      readonly because: 'transfer' | 'deadline' | 'too-large' | 'cancelled' | 'curl';
    }
  /** An earlier request of a batch in order was not done. */
  | { readonly kind: 'not-attempted' };

/** The status of a request whose login was missing or not accepted. */
export const UNAUTHORIZED = 401;

export function isSuccess(answer: HttpAnswer): answer is HttpAnswer & { kind: 'answered' } {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}
