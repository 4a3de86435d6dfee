import { expect, test } from 'vitest';
import { encodeTable } from '../../tables/arrow.ts';
import { cellReader } from '../../tables/column.ts';
import { makeBoxOffice, makeDemoTables, DEMO_TICKETS } from './box-office.ts';
import { ENTERS } from './tickets.ts';
import { VENUES } from './venues.ts';

const { performances, tickets } = makeBoxOffice();
const tables = makeDemoTables();
const entered = tickets.filter((ticket) => ENTERS.has(ticket.status));
const held = performances.filter((performance) => performance.status !== 'Annulée');
const share = <T>(of: readonly T[], is: (one: T) => boolean): number =>
	of.filter(is).length / of.length;
const between = (value: number, low: number, high: number) => {
	expect(value).toBeGreaterThan(low);
	expect(value).toBeLessThan(high);
};

test('the same seed makes the same bytes, another seed makes others', () => {
	const bytes = (seed: number) => encodeTable(makeDemoTables(seed, 5_000).tickets);
	expect(bytes(1)).toEqual(bytes(1));
	expect(bytes(1)).not.toEqual(bytes(2));
});

test('200 000 tickets, of five organisations in as many regions', () => {
	expect(tickets).toHaveLength(DEMO_TICKETS);
	expect(new Set(VENUES.map((venue) => venue.region)).size).toBe(5);
	for (const venue of VENUES)
		expect(share(tickets, (t) => t.performance.venue === venue)).toBeGreaterThan(0.05);
	expect(new Set(tickets.map((ticket) => ticket.ticket)).size).toBe(DEMO_TICKETS);
});

// Totals of the sector: see DEMAND, FILL and BASE_PRICE; performing arts in Québec, OCCQ 2007 and 2022.
test('the mean ticket is about 48 $', () => {
	const paid = entered.filter((ticket) => ticket.price > 0);
	between(paid.reduce((sum, ticket) => sum + ticket.price, 0) / paid.length, 45, 51);
	expect(paid.every((ticket) => ticket.price <= 165)).toBe(true);
});
test('about 72 % of seats are taken, never more than there are', () => {
	between(
		entered.length / held.reduce((sum, performance) => sum + performance.seats, 0),
		0.7,
		0.75
	);
	for (const performance of performances)
		expect(performance.entries).toBeLessThanOrEqual(performance.seats);
});
test('about 73 % of entries are in halls of over 700 seats', () => {
	between(
		share(entered, (ticket) => ticket.performance.seats > 700),
		0.66,
		0.8
	);
});
test('favours are fewer than 12 % of entries', () => {
	between(
		share(entered, (ticket) => ticket.tariff === 'Faveur'),
		0.02,
		0.12
	);
});

test('February is the low month, for entries and for occupation', () => {
	const months = Array.from({ length: 12 }, () => ({ entries: 0, seats: 0 }));
	for (const { day, entries, seats } of held) {
		const month = months[new Date(day).getUTCMonth()];
		if (!month) continue;
		month.entries += entries;
		month.seats += seats;
	}
	const february = months[1] ?? { entries: 0, seats: 1 };
	for (const [i, month] of months.entries())
		if (i !== 1) {
			expect(february.entries).toBeLessThan(month.entries);
			expect(february.entries / february.seats).toBeLessThan(month.entries / month.seats);
		}
});
test('weekends draw more than weekdays', () => {
	const saturdays = held.filter((performance) => new Date(performance.day).getUTCDay() === 6);
	const tuesdays = held.filter((performance) => new Date(performance.day).getUTCDay() === 2);
	expect(saturdays.length).toBeGreaterThan(2 * tuesdays.length);
});

test('a ticket is bought before its performance, most of them weeks before', () => {
	const leads = tickets.map((ticket) => (ticket.playedAt - ticket.boughtAt) / 86_400_000);
	expect(Math.min(...leads.slice(0, 50_000))).toBeGreaterThan(0);
	between(leads.sort((a, b) => a - b)[leads.length / 2] ?? 0, 12, 35);
});
test('some come for the first time, once each', () => {
	between(
		share(entered, (ticket) => ticket.firstVisit),
		0.2,
		0.45
	);
	const orders = new Map<string, Set<string>>();
	for (const ticket of tickets)
		if (ticket.firstVisit)
			orders.set(ticket.client, (orders.get(ticket.client) ?? new Set()).add(ticket.order));
	for (const [, firsts] of orders) expect(firsts.size).toBe(1);
});
test('most buyers live near the hall', () => {
	for (const venue of VENUES) {
		const near = new Set(venue.areas.map(([area]) => area));
		const own = tickets.filter((ticket) => ticket.performance.venue === venue);
		expect(share(own, (ticket) => near.has(ticket.area))).toBeGreaterThan(0.85);
	}
	for (const ticket of tickets) expect(ticket.area).toMatch(/^[GHJ]\d[A-Z]$/);
});
test('a cancelled performance let nobody in', () => {
	expect(entered.some((ticket) => ticket.performance.status === 'Annulée')).toBe(false);
});

test('performances are counted from the tickets', () => {
	const column = (name: string) => {
		const found = tables.performances.find((c) => c.name === name);
		if (!found) throw new Error(name);
		return cellReader(found);
	};
	const [paying, favours, revenue, id] = [
		column('entrees_payantes'),
		column('entrees_faveur'),
		column('revenus_billetterie'),
		column('id_representation')
	];
	for (const row of [0, 57, performances.length - 1]) {
		const own = entered.filter((ticket) => ticket.performance.id === id(row));
		expect(Number(paying(row)) + Number(favours(row))).toBe(own.length);
		expect(revenue(row)).toBe(own.reduce((sum, ticket) => sum + ticket.price, 0));
	}
});

test('visits to the sites narrow down to purchases', () => {
	const column = (name: string) => {
		const found = tables.webAudience.find((c) => c.name === name);
		if (!found) throw new Error(name);
		return cellReader(found);
	};
	const rows = tables.webAudience[0]?.length ?? 0;
	const steps = ['sessions', 'vues_fiche_spectacle', 'clics_billetterie', 'achats'].map(column);
	for (let row = 0; row < rows; row++) {
		const counts = steps.map((step) => Number(step(row)));
		expect(counts).toEqual(counts.toSorted((a, b) => b - a));
	}
});

test('column names are those of the sector’s schemas', () => {
	expect(tables.tickets.map((column) => column.name)).toEqual(
		'id_commande id_billet date_achat date_representation id_representation titre_spectacle discipline salle jauge type_tarif prix_unitaire frais_service canal_vente mode_paiement statut rta_acheteur id_client_pseudo premiere_visite consentement_infolettre'.split(
			' '
		)
	);
	expect(tables.performances).toHaveLength(17);
	expect(tables.webAudience).toHaveLength(12);
});
