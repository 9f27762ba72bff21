export { inertJson } from './inert-json';
export { openTypesetter } from './open-typesetter';
