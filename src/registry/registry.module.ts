import { Global, Module } from '@nestjs/common';
import { Persons } from './persons';
import { PersonsStore } from './persons.store';

@Global()
@Module({ providers: [Persons, PersonsStore], exports: [Persons] })
export class RegistryModule {}
