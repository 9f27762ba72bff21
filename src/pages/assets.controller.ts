import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/access';
import { assetOf, EDITION } from './assets';
import { CONTENT_SECURITY, takesGzip } from './send-page';

const YEAR_SECONDS = 31_536_000;

/** Style sheets, scripts and pictures of the pages: ours alone, from here alone. */
@Public()
@Controller('assets')
export class AssetsController {
  /** Of another edition (a page loaded before an update) the browser gets today's file and keeps nothing. */
  @Get(':edition/:name')
  async asset(
    @Param('edition') edition: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asset = assetOf(name);
    if (!asset) throw new NotFoundException();
    const compressed = takesGzip(request);
    await reply
      .type(asset.type)
      .header(
        'cache-control',
        edition === EDITION ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-store',
      )
      .header('vary', 'accept-encoding')
      .header('content-security-policy', CONTENT_SECURITY)
      .headers(compressed ? { 'content-encoding': 'gzip' } : {})
      .send(compressed ? await asset.gzipped : asset.body);
  }
}
