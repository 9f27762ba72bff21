import { v7, validate } from 'uuid';

/** A new UUIDv7 (RFC 9562 §5.7): ordered by the time it was made, so that indexes grow at one end. */
export const newId = (): string => v7();

/** Whether a text is a UUID at all; ids from callers are tested before they reach SQL. */
export const isId = (text: string): boolean => validate(text);
