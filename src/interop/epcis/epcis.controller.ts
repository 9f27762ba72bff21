import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { CaptureEvents } from './capture-events';
import { answerDocument, answered, type Json } from './document-rules';
import { CAPTURE_LIMITS, EPCIS_BASE, SpeaksEpcis } from './epcis-http';
import { EpcisProblem } from './epcis-problems';
import type { CaptureRow } from './epcis.store';
import { NamedQueries, type NamedQuery } from './named-queries';
import { type EventsPage, QueryEvents } from './query-events';
import { cursorText, type EventsQuery, readQuery, readUrlQuery } from './query-rules';

type UrlQuery = Readonly<Record<string, unknown>>;

/** GS1's EPCIS 2.0 REST binding, for partners. The country is that of the host or of `X-Tenant`, as for GraphQL. */
@Controller(EPCIS_BASE)
@UseGuards(SpeaksEpcis)
export class EpcisController {
  constructor(
    private readonly capture: CaptureEvents,
    private readonly query: QueryEvents,
    private readonly named: NamedQueries,
  ) {}

  @Allow('event.capture')
  @Post('capture')
  @HttpCode(202)
  async captureDocument(
    @Ctx() ctx: Context,
    @Body() document: unknown,
    @Headers('gs1-capture-error-behaviour') behaviour: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const job = await this.capture.run(ctx, document, behaviour === 'proceed' ? 'proceed' : 'rollback');
    void reply.headers({ ...CAPTURE_LIMITS, location: `/${EPCIS_BASE}/capture/${job.id}` });
  }

  @Allow('event.capture')
  @Get('capture')
  async captures(
    @Ctx() ctx: Context,
    @Query() url: UrlQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object[]> {
    const { perPage, after } = asked(readQuery({}, url));
    const jobs = await this.capture.jobs(ctx, after?.id ?? null, perPage + 1);
    const page = jobs.slice(0, perPage);
    const last = page.at(-1);
    const next = jobs.length > perPage && last ? cursorText({ eventAt: null, id: last.id, found: 0 }) : null;
    linkNext(request, reply, next);
    return page.map(jobShown);
  }

  @Allow('event.capture')
  @Get('capture/:id')
  async captureJob(@Ctx() ctx: Context, @Param('id') id: string): Promise<object> {
    return jobShown(await this.capture.job(ctx, id));
  }

  @Allow('event.capture')
  @Post('events')
  async captureEvent(
    @Ctx() ctx: Context,
    @Body() event: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const id = await this.capture.one(ctx, event);
    void reply.header('location', `/${EPCIS_BASE}/events/${encodeURIComponent(id)}`);
    return event;
  }

  @Allow('event.read')
  @Get('events')
  async events(
    @Ctx() ctx: Context,
    @Query() url: UrlQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Json> {
    const page = await this.query.run(ctx, asked(readUrlQuery(url)));
    return paged(request, reply, page);
  }

  @Allow('event.read')
  @Get('events/:id')
  async event(@Ctx() ctx: Context, @Param('id') id: string): Promise<Json> {
    const row = await this.capture.event(ctx, id);
    const shown = { event: answered(row.event, row.recordedAt), context: row.context };
    return answerDocument([shown], { at: ctx.now(), queryName: 'SimpleEventQuery', id: ctx.newId() });
  }

  @Allow('event.read')
  @Post('queries')
  async keepQuery(
    @Ctx() ctx: Context,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NamedQuery> {
    const kept = await this.named.add(ctx, body);
    void reply.header('location', `/${EPCIS_BASE}/queries/${kept.name}`);
    return kept;
  }

  @Allow('event.read')
  @Get('queries')
  queries(@Ctx() ctx: Context): Promise<NamedQuery[]> {
    return this.named.all(ctx);
  }

  @Allow('event.read')
  @Get('queries/:name')
  keptQuery(@Ctx() ctx: Context, @Param('name') name: string): Promise<NamedQuery> {
    return this.named.one(ctx, name);
  }

  @Allow('event.read')
  @Delete('queries/:name')
  @HttpCode(204)
  removeQuery(@Ctx() ctx: Context, @Param('name') name: string): Promise<void> {
    return this.named.remove(ctx, name);
  }

  @Allow('event.read')
  @Get('queries/:name/events')
  async eventsOfQuery(
    @Ctx() ctx: Context,
    @Param('name') name: string,
    @Query() url: UrlQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Json> {
    const { query } = await this.named.one(ctx, name);
    const page = await this.query.run(ctx, asked(readQuery(query, url)), name);
    return paged(request, reply, page);
  }
}

/** Throws QueryParameterException for a query that cannot be carried out. */
function asked(read: EventsQuery | { at: string; message: string }): EventsQuery {
  if ('at' in read) throw new EpcisProblem('QueryParameterException', [read]);
  return read;
}

function paged(request: FastifyRequest, reply: FastifyReply, { document, next }: EventsPage): Json {
  linkNext(request, reply, next);
  return document;
}

/** Where the next page is (RFC 8288); no link on the last. */
function linkNext({ url }: FastifyRequest, reply: FastifyReply, next: string | null): void {
  if (next === null) return;
  const [path, query] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('nextPageToken', next);
  void reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
}

/** As the OpenAPI's CaptureJob has it. */
const jobShown = ({ id, createdAt, finishedAt, behaviour, errors }: CaptureRow): object => ({
  captureID: id,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt.toISOString(),
  running: false,
  success: errors.length === 0,
  captureErrorBehaviour: behaviour,
  errors: errors.map(({ at, message }) => ({
    type: 'epcisException:ValidationException',
    title: message,
    status: 400,
    detail: `${at} ${message}`,
  })),
});
