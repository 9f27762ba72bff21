import { SetMetadata } from '@nestjs/common';
import type { ActorKind } from '../context';
import type { Permission } from './permission-table';

export const ACCESS = 'tikasetu:access';

/** What a method of a resolver or a controller says about who may call it. */
export type Access =
  { permissions: readonly Permission[] } | { signedIn: readonly ActorKind[] } | { public: true };

/** Every kind of actor that signs in. */
const ACCOUNTS: readonly ActorKind[] = ['operator', 'signatory', 'staff', 'citizen'];

/** Only for callers who hold one of `permissions` somewhere; the verb then checks where. */
export const Allow = (...permissions: Permission[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { permissions });

/** For whoever has signed in, about her own account and nothing else; of these kinds when they are named. */
export const SignedIn = (...kinds: ActorKind[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { signedIn: kinds.length > 0 ? kinds : ACCOUNTS });

/** For everybody, signed in or not. On a controller it holds for all its routes. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, { public: true });
