export { verifyDivoc, type DivocTrust, type DivocVerdict } from './divoc';
