import { Module } from '@nestjs/common';
import { AssetsController } from './assets.controller';
import { ExplorerController } from './explorer.controller';
import { HomeController } from './home.controller';
import { OutboxController } from './outbox.controller';
import { PublishedApi } from './published-api';
import { VerifyController } from './verify.controller';
import { Visits } from './visit';

@Module({
  controllers: [AssetsController, ExplorerController, HomeController, OutboxController, VerifyController],
  providers: [PublishedApi, Visits],
})
export class PagesModule {}
