import type { Listener, Reason } from "../../../engine/core/command.ts";

/** Events as text, to be compared. */
export class EventTape implements Listener {
  events: string[] = [];

  take(): string[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  accepted(id: number): void {
    this.events.push(`accepted ${id}`);
  }

  rejected(id: number, reason: Reason): void {
    this.events.push(`rejected ${id} ${reason}`);
  }

  trade(taker: number, maker: number, price: number, qty: number): void {
    this.events.push(`trade ${taker} ${maker} ${price} ${qty}`);
  }

  canceled(id: number, qty: number): void {
    this.events.push(`canceled ${id} ${qty}`);
  }

  reduced(id: number, qty: number, remaining: number): void {
    this.events.push(`reduced ${id} ${qty} ${remaining}`);
  }

  moved(id: number, price: number): void {
    this.events.push(`moved ${id} ${price}`);
  }
}
