/** The parts we use of two libraries that come without types. */
declare module 'jsonld' {
  interface RemoteDocument {
    contextUrl: null;
    documentUrl: string;
    document: unknown;
    tag?: 'static' | undefined;
  }
  interface Options {
    base: null;
    /** Throws where data would be dropped in silence: an undefined term, a relative address. */
    safe: true;
    rdfDirection: 'i18n-datatype';
    documentLoader: (url: string) => Promise<RemoteDocument>;
  }
  const jsonld: {
    expand(document: object, options: Options): Promise<unknown[]>;
    toRDF(document: object, options: Options): Promise<object[]>;
  };
  export default jsonld;
}

declare module 'rdf-canonize' {
  interface Options {
    algorithm: 'RDFC-1.0';
    inputFormat?: 'application/n-quads';
    messageDigestAlgorithm: 'SHA256' | 'SHA384';
    maxDeepIterations: number;
    /** Filled with the canonical name of every blank node. */
    canonicalIdMap?: Map<string, string>;
    signal: { readonly aborted: boolean; readonly reason: string };
  }
  const canonize: { canonize(dataset: string | object[], options: Options): Promise<string> };
  export default canonize;
}
