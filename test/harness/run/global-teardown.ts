/** Ends what the run's beginning opened. */
export default async function endDatabases(): Promise<void> {
  await globalThis.endTestDatabases?.();
}
