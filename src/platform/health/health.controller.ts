import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { Public } from '../access';
import { Database } from '../database';

/** What an orchestrator asks: is the process alive, and can it serve. */
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** Ready when the platform plane answers. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(): Promise<{ status: string }> {
    try {
      await this.database.readPlatform(work => work.query('SELECT 1'));
      return { status: 'ready' };
    } catch {
      throw new ServiceUnavailableException({ status: 'not ready' });
    }
  }
}
