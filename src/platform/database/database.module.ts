import { Global, Module } from '@nestjs/common';
import { Database } from './database';
import { Pools } from './pools';

@Global()
@Module({ providers: [Pools, Database], exports: [Database] })
export class DatabaseModule {}
