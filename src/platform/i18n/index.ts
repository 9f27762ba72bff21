export { TextsModule } from './i18n.module';
export { type Override, SOURCE_LANGUAGE, type TextParams, Texts } from './texts';
