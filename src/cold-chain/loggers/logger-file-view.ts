import type { FileRow } from './files.store';
import { LoggerFile } from './logger-file.graphql';

/** A file as it is shown. */
export const asLoggerFile = (row: FileRow): LoggerFile => Object.assign(new LoggerFile(), row);
