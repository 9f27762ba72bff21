export { readDivoc, verifyDivoc, type DivocTrust, type DivocVerdict } from './divoc';
