import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { DeclaredAccess } from './declared-access';

@Module({
  imports: [DiscoveryModule],
  providers: [DeclaredAccess, { provide: APP_GUARD, useClass: AccessGuard }],
})
export class AccessModule {}
