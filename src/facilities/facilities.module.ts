import { Global, Module } from '@nestjs/common';
import { Areas } from './areas/areas';
import { AreasStore } from './areas/areas.store';
import { FacilitiesStore } from './places/facilities.store';
import { Places } from './places/places';
import { SessionsStore } from './sessions/sessions.store';

@Global()
@Module({
  providers: [Areas, AreasStore, FacilitiesStore, Places, SessionsStore],
  exports: [Areas, FacilitiesStore, Places, SessionsStore],
})
export class FacilitiesModule {}
