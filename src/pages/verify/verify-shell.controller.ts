import { Controller, Get, Header, Param, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { Texts } from '../../platform/i18n';
import { asset, assetOf, EDITION } from '../assets';
import { ministryOf } from '../home.page';
import { OfflineTrust } from './offline-trust';
import { PageErrors } from '../page-errors';
import { VERIFY_FILES } from './verify.page';
import { CONTENT_SECURITY } from '../send-page';
import { linkTo, Visits } from '../visit';

const FIVE_MINUTES = 'public, max-age=300';

/** What makes the verify page one that can be installed and works without a network. */
@Public()
@Controller()
@UseFilters(PageErrors)
export class VerifyShellController {
  constructor(
    private readonly visits: Visits,
    private readonly texts: Texts,
    private readonly offline: OfflineTrust,
  ) {}

  /** Keys, revocations and words of the country, on the page of all of every country served: a JWS each. */
  @Get(['verify/trust-bundle', ':tenant/verify/trust-bundle'])
  @Header('cache-control', FIVE_MINUTES)
  async trust(@Req() request: FastifyRequest, @Param('tenant') country?: string): Promise<string[]> {
    return this.offline.bundles(await this.visits.of(request, country));
  }

  /** Its text changes with any file of the pages, by which a browser knows that there is a newer one. */
  @Get('verify-worker.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('content-security-policy', CONTENT_SECURITY)
  @Header('cache-control', 'no-cache')
  worker(): string {
    const shell = {
      edition: EDITION,
      files: VERIFY_FILES.map(asset),
      languages: this.texts.productLanguages(),
    };
    return `globalThis.shell = ${JSON.stringify(shell)};\n${assetOf('verify-worker.js')!.body.toString('utf8')}`;
  }

  /** W3C Web Application Manifest: name, language and place of the page once it is installed. */
  @Get(['verify/app.webmanifest', ':tenant/verify/app.webmanifest'])
  @Header('content-type', 'application/manifest+json; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async manifest(@Req() request: FastifyRequest, @Param('tenant') country?: string): Promise<object> {
    const visit = await this.visits.of(request, country);
    const path = visit.path.replace(/\/app\.webmanifest$/, '');
    const title = visit.say('verify.title');
    return {
      id: path,
      name: visit.tenant ? `${title} · ${ministryOf(visit, visit.tenant)}` : title,
      short_name: visit.say('verify.action'),
      lang: visit.language,
      dir: visit.direction,
      start_url: linkTo(visit, path),
      scope: path,
      display: 'standalone',
      icons: [{ src: asset('mark.svg'), type: 'image/svg+xml', sizes: 'any' }],
    };
  }
}
