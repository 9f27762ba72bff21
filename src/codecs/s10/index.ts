export { makeS10, parseS10, printedS10, type S10, type S10Fault, type S10Kind } from './s10';
