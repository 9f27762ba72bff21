import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permission-table';

export const ACCESS = 'tikasetu:access';

/** What a method of a resolver or a controller says about who may call it. */
export type Access = { permissions: readonly Permission[] } | { public: true };

/** Only for callers who hold one of `permissions` somewhere; the verb then checks where. */
export const Allow = (...permissions: Permission[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { permissions });

/** For everybody, signed in or not. On a controller it holds for all its routes. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, { public: true });
