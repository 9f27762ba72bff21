import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { I18nModule } from 'nestjs-i18n';
import { PROJECT_ROOT } from '../config';
import { SOURCE_LANGUAGE, Texts } from './texts';

/** Loads `locales/<language>/<module>.json`. The language is `ctx.languages`, so nestjs-i18n's own resolvers stay off. */
@Global()
@Module({
  imports: [
    I18nModule.forRoot({
      fallbackLanguage: SOURCE_LANGUAGE,
      loaderOptions: { path: join(PROJECT_ROOT, 'locales'), watch: false },
      resolvers: [{ resolve: () => undefined }], // it complains where it has none
      disableMiddleware: true,
      skipAsyncHook: true,
      logging: false,
    }),
  ],
  providers: [Texts],
  exports: [Texts],
})
export class TextsModule {}
