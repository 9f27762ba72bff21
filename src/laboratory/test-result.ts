/** How a sample is tested; what value sets call it is for each format to say. */
export type TestMethod = 'naat' | 'rapid-antigen';

/** What was found. Of an inconclusive test nothing can be certified. */
export type TestFinding = 'detected' | 'not-detected' | 'inconclusive';

/** A result as it was entered. */
export interface TestResultRecord {
  personId: string;
  id: string;
  /** SNOMED CT. */
  disease: string;
  method: TestMethod;
  /** What the test is called; NAATs have a name, rapid tests a device. */
  testName: string | null;
  /** Number of the device in the public list of the disease's tests. */
  device: string | null;
  result: TestFinding;
  sampledAt: Date;
  facilityId: string;
  recordedBy: string;
  recordedAt: Date;
  /** When it was found not to be so; null while it stands. */
  voidedAt: Date | null;
}
