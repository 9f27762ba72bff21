import { join } from 'node:path';
import { Global, Module, type Provider } from '@nestjs/common';
import { I18nLanguageInterceptor, I18nModule } from 'nestjs-i18n';
import { PROJECT_ROOT } from '../config';
import { SOURCE_LANGUAGE, Texts } from './texts';

const loaded = I18nModule.forRoot({
  fallbackLanguage: SOURCE_LANGUAGE,
  loaderOptions: { path: join(PROJECT_ROOT, 'locales'), watch: false },
  resolvers: [{ resolve: () => undefined }], // it complains where it has none
  disableMiddleware: true,
  skipAsyncHook: true,
  logging: false,
});

/** Loads `locales/<language>/<module>.json`. The language is `ctx.languages`, so nestjs-i18n's own resolvers stay off. */
@Global()
@Module({
  imports: [
    // Without its interceptor, which would look for the language that `ctx` has, with every field resolved.
    { ...loaded, providers: loaded.providers!.filter(one => !isInterceptor(one)) },
  ],
  providers: [Texts],
  exports: [Texts],
})
export class TextsModule {}

function isInterceptor(provider: Provider): boolean {
  return 'useClass' in provider && provider.useClass === I18nLanguageInterceptor;
}
