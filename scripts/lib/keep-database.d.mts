export function keepDatabase(
  wish:
    | { kind: 'container' }
    | {
        kind: 'embedded';
        folder: string;
        password: string;
        log: string;
        settings?: Record<string, string | number>;
      }
    | { kind: 'temporary'; settings?: Record<string, string | number>; room?: number },
): Promise<{ url: string; port: number; hasEnded: () => boolean; release: () => Promise<void> }>;
