export { verifyVdsNc, type AuthorityLookup, type VdsNcVerdict, type VisibleDigitalSeal } from './vds-nc';
