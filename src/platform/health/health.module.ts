import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { HealthPort } from './health-port';

@Module({ controllers: [HealthController], providers: [HealthPort], exports: [HealthPort] })
export class HealthModule {}
