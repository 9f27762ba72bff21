import type { FastifyRequest } from 'fastify';
import type { Context } from './context';

/** Makes the {@link Context} of a request, and says in which languages a caller is told that there is none. */
export interface Contexts {
  of: (request: FastifyRequest) => Promise<Context>;
  languagesOf: (request: FastifyRequest) => readonly string[];
}

/** Names the {@link Contexts} that `identity` provides, for the machinery that must not import it. */
export const CONTEXTS = Symbol('contexts');

const made = new WeakMap<FastifyRequest, Context>();

/** Keeps the context that the guard made, so that one request has one; null before it, and on public routes. */
export const keepContext = (request: FastifyRequest, ctx: Context): void => void made.set(request, ctx);
export const contextOf = (request: FastifyRequest): Context | null => made.get(request) ?? null;
