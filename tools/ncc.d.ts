declare module '@vercel/ncc' {
  export interface NccOptions {
    readonly minify?: boolean;
    readonly license?: string;
    readonly cache?: boolean;
    readonly quiet?: boolean;
    readonly externals?: Readonly<Record<string, string>>;
  }
  export interface NccResult {
    readonly code: string;
    readonly assets: Readonly<Record<string, { readonly source: Buffer | string }>>;
  }
  export default function ncc(input: string, options?: NccOptions): Promise<NccResult>;
}
