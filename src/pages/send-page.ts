import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from './html';

/** Everything from our own address, nothing inline, framed by nobody; also of scripts that run as workers. */
export const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const compress = promisify(gzip);

/** How a page is sent, where it differs from most. */
interface Sending {
  /** 200 unless said. */
  status?: number;
  /** True: the page shows what nobody may find in a browser's cache later. */
  private?: boolean;
  /** True: a library on the page sets styles of its own (never scripts). */
  ownStyles?: boolean;
}

/** Sends a page with its security headers: compressed, and not again when the browser has the same already. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Html,
  sending: Sending = {},
): Promise<void> {
  const body = Buffer.from(page.text);
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const compressed = takesGzip(request);
  void reply
    .status(sending.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', sending.private ? 'no-store' : 'no-cache')
    .header('etag', tag)
    .header('vary', 'accept-language, accept-encoding')
    .header('permissions-policy', 'camera=(self), microphone=(), geolocation=()')
    .header(
      'content-security-policy',
      sending.ownStyles
        ? CONTENT_SECURITY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        : CONTENT_SECURITY,
    );
  if (request.method !== 'POST' && request.headers['if-none-match'] === tag) {
    await reply.status(304).send();
    return;
  }
  if (compressed) void reply.header('content-encoding', 'gzip');
  await reply.send(compressed ? await compress(body) : body);
}

/** Whether the caller's browser unpacks gzip. */
export const takesGzip = (request: FastifyRequest): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''));
