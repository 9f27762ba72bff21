import type { Onboarded } from './onboard';
import type { Story } from './story';

/** Step 4: places, staff and stock of an onboarded country. */
export async function settle(_story: Story, _country: Onboarded): Promise<void> {}
