export const HEAP_BOUND: string;
