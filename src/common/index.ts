export * from './ids';
export * from './paging';
export * from './dates';
export { civilDayOf, startOfDay } from './civil-day';
export { byOurClock } from './device-clock';
export { TEMPERATURE_CLASSES, type TemperatureClass } from './temperature-class';
export { networkOf } from './network';
export { shapeOf, type Shape } from './shape';
export { childrenByName, readXmlElements, type XmlElement } from './xml-elements';
