export { unitCode, type UnitCodeFault } from './unit-codes';
