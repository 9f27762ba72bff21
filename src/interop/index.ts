export { InteropModule } from './interop.module';
