export { ColdChainModule } from './cold-chain.module';
export { RebuildTemperatures } from './loggers/rebuild-temperatures';
export { TemperatureClassEnum } from './temperature.graphql';
