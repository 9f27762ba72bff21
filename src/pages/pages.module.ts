import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates';
import { AssetsController } from './assets.controller';
import { ExplorerController } from './explorer/explorer.controller';
import { HomeController } from './home.controller';
import { OfflineTrust } from './verify/offline-trust';
import { OfflineWords } from './verify/offline-words';
import { OutboxController } from './outbox/outbox.controller';
import { PublishedApi } from './published-api';
import { TrackController } from './track.controller';
import { VerifyController } from './verify/verify.controller';
import { VerifyShellController } from './verify/verify-shell.controller';
import { Visits } from './visit';

@Module({
  imports: [CertificatesModule],
  controllers: [
    AssetsController,
    ExplorerController,
    HomeController,
    OutboxController,
    TrackController,
    VerifyController,
    VerifyShellController,
  ],
  providers: [OfflineTrust, OfflineWords, PublishedApi, Visits],
})
export class PagesModule {}
