/** Ticket sales by performance, channel and tariff: what the five systems export, each in its own layout. Synthetic. */
import { DEMO_SEED, makeBoxOffice } from '../box-office.ts';
import type { Performance } from '../performances.ts';
import { ENTERS } from '../tickets.ts';

export interface SalesLine {
	readonly performance: Performance;
	readonly channel: string;
	readonly tariff: string;
	readonly tickets: number;
	/** Whole cents. */
	readonly cents: number;
	/** Where most of these tickets' buyers live. */
	readonly area: string;
}

/** Ticket lines behind the demo's pool. */
const SALES_TICKETS = 24_000;

/** Occupation of a performance in points, one decimal. */
export const occupationOf = ({ entries, seats }: Performance): number =>
	Math.round((entries / seats) * 1000) / 10;

/** The sales of each venue, by its id, in order of performance. */
export function makeSales(
	seed = DEMO_SEED,
	tickets = SALES_TICKETS
): ReadonlyMap<string, readonly SalesLine[]> {
	const groups = new Map<string, { line: Omit<SalesLine, 'area'>; areas: Map<string, number> }>();
	for (const ticket of makeBoxOffice(seed, tickets).tickets) {
		if (!ENTERS.has(ticket.status)) continue;
		const { performance, channel, tariff } = ticket;
		const key = `${performance.id}\t${channel}\t${tariff}`;
		const group = groups.get(key) ?? {
			line: { performance, channel, tariff, tickets: 0, cents: 0 },
			areas: new Map<string, number>()
		};
		group.line = {
			...group.line,
			tickets: group.line.tickets + 1,
			cents: group.line.cents + Math.round(ticket.price * 100)
		};
		group.areas.set(ticket.area, (group.areas.get(ticket.area) ?? 0) + 1);
		groups.set(key, group);
	}
	const venues = new Map<string, SalesLine[]>();
	for (const { line, areas } of groups.values()) {
		const [area = ''] = [...areas].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [];
		const { id } = line.performance.venue;
		const lines = venues.get(id) ?? [];
		lines.push({ ...line, area });
		venues.set(id, lines);
	}
	const order = ({ performance, channel, tariff }: SalesLine): string =>
		`${performance.id}\t${channel}\t${tariff}`;
	for (const lines of venues.values()) lines.sort((a, b) => (order(a) < order(b) ? -1 : 1));
	return venues;
}
