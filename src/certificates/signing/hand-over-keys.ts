import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { HandedOver, type HandedOverKey } from '../../tenancy';
import { SigningAuthority } from './signing-authority';
import { SigningKeys } from './signing-keys';

/** A country that leaves takes the keys along that sign its certificates (licence 10.2). */
@Injectable()
export class HandOverKeys implements OnModuleInit {
  constructor(
    private readonly handedOver: HandedOver,
    private readonly signers: SigningKeys,
    private readonly authority: SigningAuthority,
  ) {}

  onModuleInit(): void {
    this.handedOver.add((ctx, work) => this.of(ctx, work));
  }

  private async of(ctx: Context, work: UnitOfWork): Promise<HandedOverKey[]> {
    return [...(await this.signers.handOver(ctx, work)), ...(await this.authority.handOver(ctx, work))];
  }
}
