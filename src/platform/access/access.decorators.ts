import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permission-table';

export const ACCESS = 'tikasetu:access';

/** What a resolver method says about who may call it. */
export type Access = { permissions: readonly Permission[] } | { public: true };

/** Only for callers who hold one of `permissions` somewhere; the verb then checks where. */
export const Allow = (...permissions: Permission[]): MethodDecorator => SetMetadata(ACCESS, { permissions });

/** For everybody, signed in or not. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS, { public: true });
