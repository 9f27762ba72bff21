export function openTestDatabase(): Promise<{ url: string; how: string; release: () => Promise<void> }>;
