export { Client, ServiceError } from './client';
export * from './operations';
