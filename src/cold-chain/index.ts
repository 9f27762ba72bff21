export { ColdChainModule } from './cold-chain.module';
export { RebuildTemperatures } from './loggers/rebuild-temperatures';
export { TemperatureClassEnum } from './temperature.graphql';
export { FollowStock } from './excursions/follow-stock';
export { ColdEvidence } from './excursions/cold-evidence';
export { excursionGrew, excursionOpened } from './cold-chain.events';
