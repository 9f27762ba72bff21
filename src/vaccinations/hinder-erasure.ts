import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Hindrances } from '../registry';
import { VaccinationsStore } from './vaccinations.store';

/** Where the law of a country says so, nobody is erased who has a dose in the register of public health. */
@Injectable()
export class HinderErasure implements OnModuleInit {
  constructor(
    private readonly store: VaccinationsStore,
    private readonly hindrances: Hindrances,
  ) {}

  onModuleInit(): void {
    this.hindrances.on(
      'DOSES_IN_REGISTER',
      async (work, personId, { dosesOfErased }) =>
        dosesOfErased === 'NOT_ERASED' && (await this.store.dosesOf(work, personId)).length > 0,
    );
  }
}
