import type { SentProperty } from './cim-values.js';
import type { SessionRequest } from './hosts.js';

/** What the module asks for: one line of JSON each. */
export type WmiRequest =
  | ({ readonly verb: 'open' } & SessionRequest)
  /** How many rows of the query before went to whoever asked; no answer. */
  | { readonly verb: 'took'; readonly rows: number }
  | ({
      readonly session: number | null;
      readonly namespace: string;
      readonly timeoutSeconds: number;
    } & WmiCall);

export type WmiCall =
  | { readonly verb: 'query'; readonly text: string }
  | { readonly verb: 'enumerate' | 'class'; readonly class: string }
  | {
      readonly verb: 'get' | 'create' | 'modify' | 'remove';
      readonly class: string;
      readonly properties: readonly SentProperty[];
    }
  | {
      readonly verb: 'invoke';
      readonly class: string;
      readonly method: string;
      readonly properties: readonly SentProperty[];
    };

/** The HTTP method that does the same over the administration service, so that faults and records are shared. */
export function likeMethod(verb: WmiCall['verb']): 'GET' | 'POST' | 'PUT' | 'DELETE' {
  switch (verb) {
    case 'query':
    case 'enumerate':
    case 'class':
    case 'get':
      return 'GET';
    case 'create':
    case 'invoke':
      return 'POST';
    case 'modify':
      return 'PUT';
    case 'remove':
      return 'DELETE';
  }
}

export function classOf(call: WmiCall): string | undefined {
  return call.verb === 'query' ? /\bFROM\s+(\w+)/i.exec(call.text)?.[1] : call.class;
}
