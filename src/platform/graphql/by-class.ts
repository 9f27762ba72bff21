/** The type of an interface or a union that a value is of: its class is named as in the schema. */
export const byClass = (value: object): string => value.constructor.name;
