export { ColdChainModule } from './cold-chain.module';
export { RebuildTemperatures } from './loggers/rebuild-temperatures';
export { TemperatureClassEnum } from './temperature.graphql';
export { ColdWatch } from './excursions/cold-watch';
export { FollowStock } from './excursions/follow-stock';
export { ColdEvidence } from './excursions/cold-evidence';
export { excursionGrew, excursionOpened } from './cold-chain.events';
