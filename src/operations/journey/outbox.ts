/** What the sandbox's outbox page shows. */
interface Message {
  receiver: string;
  text: string;
}

const PATIENCE_MS = 15_000;

/**
 * Waits for the latest message to a receiver that holds `pattern`, as a person would look into her inbox; its first
 * group.
 */
export async function readOutbox(
  url: string,
  tenant: string | null,
  receiver: string,
  pattern: RegExp,
): Promise<string> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = (await messages(url, tenant))
      .filter(message => message.receiver === receiver)
      .map(message => pattern.exec(message.text)?.[1])
      .find(text => text !== undefined);
    if (found) return found;
    if (Date.now() > until)
      throw new Error(`No message to ${receiver} came within ${PATIENCE_MS / 1000} seconds`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

async function messages(url: string, tenant: string | null): Promise<Message[]> {
  const answer = await fetch(`${url}/sandbox/outbox.json${tenant ? `?tenant=${tenant}` : ''}`);
  return answer.ok ? ((await answer.json()) as Message[]) : [];
}
