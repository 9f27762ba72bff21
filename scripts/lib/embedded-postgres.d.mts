export function startPostgres(wish: {
  folder: string;
  password: string;
  port?: number;
  settings?: Record<string, string | number>;
  log: string;
}): Promise<{ url: string; port: number; ended: Promise<void>; stop: () => Promise<void> }>;
export function placeFor(folder: string): string;
