/** All the demo's data, from one seed: the same seed always gives the same tables. */
import type { Column } from '../../tables/column.ts';
import { makePerformances, type Performance } from './performances.ts';
import { chance } from './random.ts';
import { makeShows } from './shows.ts';
import { makeTickets, performanceColumns, ticketColumns, type Ticket } from './tickets.ts';
import { webAudienceColumns } from './web-audience.ts';

export const DEMO_SEED = 20_241_101;
/** Ticket lines of the demo. */
export const DEMO_TICKETS = 200_000;
/** Lines that let someone in: the others were refunded, exchanged or cancelled. */
const ENTRY_SHARE = 0.92;

export interface BoxOffice {
	readonly performances: readonly Performance[];
	readonly tickets: readonly Ticket[];
}

export function makeBoxOffice(seed = DEMO_SEED, tickets = DEMO_TICKETS): BoxOffice {
	const luck = chance(seed);
	const shows = makeShows(luck);
	const performances = makePerformances(luck, shows, Math.round(tickets * ENTRY_SHARE));
	return { performances, tickets: makeTickets(luck, performances, tickets) };
}

export interface DemoTables {
	readonly tickets: readonly Column[];
	readonly performances: readonly Column[];
	readonly webAudience: readonly Column[];
}

export function makeDemoTables(seed = DEMO_SEED, count = DEMO_TICKETS): DemoTables {
	const { performances, tickets } = makeBoxOffice(seed, count);
	return {
		tickets: ticketColumns(tickets),
		performances: performanceColumns(performances, tickets),
		webAudience: webAudienceColumns(chance(seed + 1))
	};
}
