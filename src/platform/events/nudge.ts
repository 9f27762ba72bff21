import { Injectable } from '@nestjs/common';

/**
 * Wakes the relay of this process shortly after something was announced, so that a certificate follows its dose
 * within a second. Only a hint: the relay also looks by itself, so a nudge before the commit, or lost, costs time
 * and nothing else.
 */
@Injectable()
export class Nudge {
  private wake: () => void = () => undefined;
  private coming = false;

  onSoon(wake: () => void): void {
    this.wake = wake;
  }

  soon(): void {
    if (this.coming) return;
    this.coming = true;
    setTimeout(() => {
      this.coming = false;
      this.wake();
    }, 20).unref();
  }
}
