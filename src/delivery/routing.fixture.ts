import { compileTimetable, type Hub, type Leg, type Timetable, type Trip, WEEK } from './timetable-rules';

/** A made-up network, when a thing is ready in it, and the runs that are said to be cancelled. */
export interface Network {
  hubs: Hub[];
  legs: Leg[];
  ready: number;
  cancelled: Trip[];
}

/** The runs of the list that are of a leg of the network. */
export const tripsOf = ({ legs, cancelled }: Network) => cancelled.filter(trip => trip.leg < legs.length);

export const timetableOf = ({ hubs, legs }: Network): Timetable => compileTimetable(hubs, legs);

/** Earliest arrivals by going over every run of many weeks until nothing changes: slow, and plainly right. */
export function arrivalsByPatience(network: Network, origin: number): number[] {
  const { hubs, legs, ready } = network;
  const gone = new Set(tripsOf(network).map(trip => `${trip.leg} ${trip.week}`));
  const arrives = hubs.map((_, hub) => (hub === origin ? ready : Infinity));
  const number = (id: string) => hubs.findIndex(hub => hub.id === id);
  for (let changed = true; changed;) {
    changed = false;
    for (let week = 0; week < 40; week++)
      legs.forEach((leg, at) => {
        const departure = week * WEEK + leg.departs;
        const [start, end] = [number(leg.from), number(leg.to)];
        const inTime = arrives[start]! + hubs[start]!.handlingMinutes <= departure;
        if (!inTime || gone.has(`${at} ${week}`) || departure + leg.minutes >= arrives[end]!) return;
        arrives[end] = departure + leg.minutes;
        changed = true;
      });
  }
  return arrives;
}
