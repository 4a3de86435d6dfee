/**
 * The performances of two years: when, where, what, and how many seats find takers. February sags, autumn
 * swells, Saturdays fill; the ticket generator then sells exactly these seats.
 */
import { MS_PER_DAY } from '../../tables/column.ts';
import type { Chance } from './random.ts';
import type { Show } from './shows.ts';
import { VENUES, type Venue } from './venues.ts';

export interface Performance {
	readonly id: string;
	readonly venue: Venue;
	readonly show: Show;
	/** Midnight of its day; milliseconds, as a clock on the wall reads. */
	readonly day: number;
	/** Minutes after midnight. */
	readonly minute: number;
	readonly seats: number;
	/** Entries: tickets that stand at the door. */
	entries: number;
	readonly status: 'Maintenue' | 'Reportée' | 'Annulée';
	/** $ paid to the company. */
	readonly fee: number;
}

export const FIRST_DAY = Date.UTC(2024, 0, 1);
export const DAYS = 731;

/** How much is programmed each month, January first. */
const PROGRAMMED = [0.85, 0.6, 1, 1.15, 1.05, 0.85, 0.85, 0.9, 1, 1.3, 1.3, 1.1];
/** How readily people come: cold, school breaks and Carnival fatigue make February the low month. */
export const DEMAND = [0.95, 0.76, 0.98, 1.03, 1, 0.97, 0.99, 0.98, 1.02, 1.08, 1.08, 1.06];
/** Sunday first. */
const WEEKDAY_PROGRAMMED = [1, 0.05, 0.35, 0.6, 1.1, 1.8, 2.1];
const WEEKDAY_DEMAND = [0.97, 0.82, 0.88, 0.92, 0.98, 1.05, 1.1];
const FILL = {
	cirque: 0.74,
	musique: 0.69,
	danse: 0.62,
	theatre: 0.66,
	humour: 0.77,
	variete: 0.71,
	art_de_la_parole: 0.6
};

/** As many performances as it takes to give `entries` entries, in order of date. */
export function makePerformances(
	chance: Chance,
	shows: readonly Show[],
	entries: number
): Performance[] {
	const days = Array.from({ length: DAYS }, (_, i) => {
		const date = new Date(FIRST_DAY + i * MS_PER_DAY);
		const month = PROGRAMMED[date.getUTCMonth()] ?? 1;
		return [i, month * (WEEKDAY_PROGRAMMED[date.getUTCDay()] ?? 1)] as const;
	});
	const made: Omit<Performance, 'id'>[] = [];
	let sold = 0;
	while (sold < entries) {
		const venue = chance.pick(VENUES);
		const discipline = chance.weighted(venue.programme);
		const show = chance.pick(shows.filter((s) => s.discipline === discipline));
		const day = FIRST_DAY + chance.weighted(days) * MS_PER_DAY;
		const date = new Date(day);
		const fill =
			FILL[discipline] *
			venue.draw *
			show.appeal *
			(DEMAND[date.getUTCMonth()] ?? 1) *
			(WEEKDAY_DEMAND[date.getUTCDay()] ?? 1) *
			chance.normal(1, 0.1);
		const status = chance.weighted([
			['Maintenue', 97],
			['Reportée', 1.5],
			['Annulée', 1.5]
		] as const);
		const taken = Math.round(venue.seats * Math.min(1, Math.max(0.2, fill)));
		const count = Math.min(entries - sold, status === 'Annulée' ? 0 : taken);
		made.push({
			venue,
			show,
			day,
			minute: date.getUTCDay() === 0 ? 14 * 60 : chance.pick([19 * 60, 19 * 60 + 30, 20 * 60]),
			seats: venue.seats,
			entries: count,
			status,
			fee: Math.round(Math.max(800, venue.seats * 20 * show.appeal * chance.normal(1, 0.2)))
		});
		sold += count;
	}
	return made
		.sort((a, b) => a.day - b.day || a.minute - b.minute || a.venue.id.localeCompare(b.venue.id))
		.map((performance, i) => ({ id: `R${String(i + 1).padStart(4, '0')}`, ...performance }));
}
