// Words of the Core Business Vocabulary 2.0 and of GS1's web vocabulary that EPCIS 2.0 writes without a prefix.

/** CBV 2.0 section 7.1: business steps. */
export const bizSteps: readonly string[] = (
  'accepting arriving assembling collecting commissioning consigning creating_class_instance ' +
  'cycle_counting decommissioning departing destroying disassembling dispensing encoding ' +
  'entering_exiting holding inspecting installing killing loading other packing picking receiving ' +
  'removing repackaging repairing replacing reserving retail_selling shipping staging_outbound ' +
  'stock_taking stocking storing transporting unloading unpacking void_shipping sensor_reporting ' +
  'sampling'
).split(' ');

/** CBV 2.0 section 7.2: dispositions. */
export const dispositions: readonly string[] = (
  'active container_closed damaged destroyed dispensed disposed encoded expired in_progress ' +
  'in_transit inactive no_pedigree_match non_sellable_other partially_dispensed recalled reserved ' +
  'retail_sold returned sellable_accessible sellable_not_accessible stolen unknown available ' +
  'completeness_verified completeness_inferred conformant container_open mismatch_instance ' +
  'mismatch_class mismatch_quantity needs_replacement non_conformant unavailable'
).split(' ');

/** CBV 2.0 section 7.3: business transaction types. */
export const bizTransactionTypes: readonly string[] =
  'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'.split(' ');

/** CBV 2.0 section 7.4: source and destination types. */
export const sourceDestinationTypes: readonly string[] = 'owning_party possessing_party location'.split(' ');

/** CBV 2.0 section 7.5: error reasons. */
export const errorReasons: readonly string[] = 'did_not_occur incorrect_data'.split(' ');

/** CBV 2.0 section 7.8: components of a measured vector. */
export const components: readonly string[] = (
  'x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting ' +
  'northing latitude longitude altitude'
).split(' ');

/** GS1 web vocabulary: MeasurementType. */
export const measurementTypes: readonly string[] = (
  'AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude ' +
  'AmountOfSubstance AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum ' +
  'AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless ' +
  'DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ' +
  'ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency Illuminance ' +
  'Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux ' +
  'LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass ' +
  'MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy ' +
  'MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity RelativeHumidity Resistance ' +
  'Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time ' +
  'Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber'
).split(' ');

/** GS1 web vocabulary: SensorAlertType. */
export const alertTypes: readonly string[] = 'ALARM_CONDITION ERROR_CONDITION'.split(' ');
