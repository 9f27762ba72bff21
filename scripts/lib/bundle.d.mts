/** Makes the verifier that runs in a browser, in `dist/`. */
export declare function bundleVerifier(root?: string): Promise<void>;
