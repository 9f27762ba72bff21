export function keepDatabase(
  wish:
    { kind: 'container' } | { kind: 'temporary'; settings?: Record<string, string | number>; room?: number },
): Promise<{ url: string; port: number; hasEnded: () => boolean; release: () => Promise<void> }>;
