import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Hindrances } from '../registry';
import { AppointmentsStore } from './appointments.store';

/** Nobody is erased who is expected somewhere: her place would be kept for a name that nobody has. */
@Injectable()
export class HinderErasure implements OnModuleInit {
  constructor(
    private readonly store: AppointmentsStore,
    private readonly hindrances: Hindrances,
  ) {}

  onModuleInit(): void {
    this.hindrances.on('OPEN_APPOINTMENT', (work, personId) => this.store.hasOpen(work, personId));
  }
}
