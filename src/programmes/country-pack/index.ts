export * from './country-pack';
export { diffPacks, packHash, type PackChange } from './diff-packs';
export type { PackFault, PackFaultCode } from './pack-fault';
export { runGolden, type GoldenFailure } from './run-golden';
export type { PackTextKey } from './pack-texts';
export { packFilesIn } from './read-folder';
export { readPack, type PackFile, type PackReading } from './read-pack';
