export function openExport(args: readonly string[]): Promise<0 | 1 | 2>;
