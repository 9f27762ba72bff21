import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from './html';
import { layout } from './layout';
import { sendPage } from './send-page';
import { linkTo, Visits } from './visit';

/** What goes wrong on a page is said as a page. Anything but an HTTP error is passed on, to be logged and hidden. */
@Catch(HttpException)
export class PageErrors implements ExceptionFilter<HttpException> {
  constructor(private readonly visits: Visits) {}

  async catch(error: HttpException, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const visit = await this.visits.of(request);
    const found = error.getStatus() !== 404;
    const page = {
      title: visit.say(found ? 'error.title' : 'error.missing'),
      main: html`<h1>${visit.say(found ? 'error.title' : 'error.missing')}</h1>
        <p>${visit.say(found ? 'error.text' : 'error.missingText')}</p>
        <p><a class="button" href="${linkTo(visit, '/')}">${visit.say('error.home')}</a></p>`,
    };
    await sendPage(request, reply, layout(visit, page), { status: error.getStatus() });
  }
}
