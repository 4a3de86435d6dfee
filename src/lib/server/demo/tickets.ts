/**
 * Ticket sales, one line a ticket, that add up to the performances' entries: orders of a few tickets, bought
 * long or shortly before, by people who come back or come for the first time.
 */
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../../tables/column-of.ts';
import { MS_PER_DAY, type Column } from '../../tables/column.ts';
import type { Performance } from './performances.ts';
import type { Chance } from './random.ts';
import { DISCIPLINE_NAMES } from './shows.ts';
import { VENUES } from './venues.ts';

export interface Ticket {
	readonly order: string;
	readonly ticket: string;
	/** Milliseconds, as a clock on the wall reads. */
	readonly boughtAt: number;
	readonly playedAt: number;
	readonly performance: Performance;
	readonly tariff: string;
	/** $ */
	readonly price: number;
	/** $ */
	readonly fee: number;
	readonly channel: string;
	readonly payment: string;
	readonly status: 'Vendu' | 'Remboursé' | 'Échangé' | 'Annulé' | 'Scanné';
	readonly area: string;
	readonly client: string;
	readonly firstVisit: boolean;
	readonly newsletter: boolean;
}

/** Statuses that let someone in. */
export const ENTERS: ReadonlySet<Ticket['status']> = new Set(['Vendu', 'Scanné']);

const BASE_PRICE = {
	cirque: 62,
	musique: 57,
	danse: 47,
	theatre: 50,
	humour: 56,
	variete: 53,
	art_de_la_parole: 36
};
const TARIFFS = [
	['Régulier', 57, 1],
	['Aîné', 13, 0.86],
	['Abonnement', 10, 0.8],
	['Étudiant', 9, 0.62],
	['Groupe', 5, 0.74],
	['Scolaire', 3, 0.32],
	['Faveur', 4, 0]
] as const;
/** Name, weight, service fee in $, how often its buyers are new. */
const CHANNELS = [
	['Web', 55, 4.25, 0.34],
	['Mobile', 17, 4.25, 0.46],
	['Guichet', 16, 1, 0.2],
	['Téléphone', 8, 3.5, 0.14],
	['Revendeur', 4, 8.75, 0.52]
] as const;
const ORDER_SIZES = [
	[1, 18],
	[2, 56],
	[3, 9],
	[4, 13],
	[5, 2],
	[6, 2]
] as const;
/** From elsewhere: visitors, family. */
const FAR_AREAS = ['H2X', 'H3B', 'G1R', 'J8X', 'G7H', 'J2S', 'G9A', 'J4B', 'J6A', 'H9R'];

interface Order {
	readonly performance: Performance;
	readonly size: number;
	readonly boughtAt: number;
	readonly tariff: (typeof TARIFFS)[number];
	readonly channel: (typeof CHANNELS)[number];
	/** Tickets of it that do not let anyone in, and why. */
	readonly fate: Ticket['status'] | null;
}

/** Exactly `count` tickets, in order of purchase, of which the performances' entries let someone in. */
export function makeTickets(
	chance: Chance,
	performances: readonly Performance[],
	count: number
): Ticket[] {
	const orders: Order[] = [];
	const place = (performance: Performance, size: number, fate: Order['fate']) => {
		const tariff = chance.weighted(TARIFFS.map((t) => [t, t[1]] as const));
		const channel = chance.weighted(CHANNELS.map((c) => [c, c[1]] as const));
		orders.push({
			performance,
			size,
			tariff,
			channel,
			fate,
			boughtAt: purchase(chance, performance, tariff[0])
		});
	};
	let entries = 0;
	for (const performance of performances)
		for (let left = performance.entries; left > 0;) {
			const size = Math.min(left, chance.weighted(ORDER_SIZES));
			place(performance, size, null);
			left -= size;
			entries += size;
		}
	// The rest were bought and let nobody in: a cancelled performance refunds all of its own.
	const cancelled = performances.filter((performance) => performance.status === 'Annulée');
	for (let left = count - entries; left > 0;) {
		const size = Math.min(left, chance.weighted(ORDER_SIZES));
		const refunded = cancelled.length > 0 && chance.happens(0.2);
		place(
			refunded ? chance.pick(cancelled) : chance.pick(performances),
			size,
			refunded
				? 'Remboursé'
				: chance.weighted([
						['Remboursé', 3],
						['Échangé', 4],
						['Annulé', 3]
					] as const)
		);
		left -= size;
	}
	orders.sort((a, b) => a.boughtAt - b.boughtAt);

	const clients = new Map(VENUES.map((venue) => [venue.id, [] as Client[]]));
	const tickets: Ticket[] = [];
	orders.forEach((order, i) => {
		const { performance, tariff, channel } = order;
		const known = clients.get(performance.venue.id) ?? [];
		const { client, isNew } = buyer(chance, order, known);
		const number = String(i + 1).padStart(6, '0');
		const base = BASE_PRICE[performance.show.discipline] * performance.venue.price;
		// A seat nearer the stage costs more; prices are said in half dollars.
		const zone = chance.pick([0.88, 1, 1, 1.14]);
		const price = Math.min(165, Math.round(base * zone * tariff[2] * 2) / 2);
		const payment =
			tariff[0] === 'Faveur'
				? 'Gratuit'
				: chance.weighted([
						['Crédit', 70],
						['Débit', channel[0] === 'Guichet' ? 40 : 14],
						['Comptant', channel[0] === 'Guichet' ? 25 : 0],
						['Carte-cadeau', 5]
					]);
		for (let k = 0; k < order.size; k++)
			tickets.push({
				order: `A${number}`,
				ticket: `B${number}-${k + 1}`,
				boughtAt: order.boughtAt,
				playedAt: performance.day + performance.minute * 60_000,
				performance,
				tariff: tariff[0],
				price,
				fee: price === 0 ? 0 : channel[2],
				channel: channel[0],
				payment,
				status: order.fate ?? (chance.happens(0.84) ? 'Scanné' : 'Vendu'),
				area: client.area,
				client: client.id,
				firstVisit: isNew && client.newcomer,
				newsletter: client.newsletter
			});
	});
	return tickets;
}

interface Client {
	readonly id: string;
	readonly area: string;
	readonly newsletter: boolean;
	/** Had never come before the data begin. */
	readonly newcomer: boolean;
}

function buyer(
	chance: Chance,
	{ performance, tariff, channel }: Order,
	known: Client[]
): { client: Client; isNew: boolean } {
	const youth = tariff[0] === 'Étudiant' ? 0.12 : tariff[0] === 'Abonnement' ? -0.25 : 0;
	const isNew = known.length === 0 || chance.happens(Math.max(0.03, channel[3] + 0.12 + youth));
	if (!isNew) return { client: chance.pick(known), isNew };
	const client: Client = {
		id: hex(chance),
		area: chance.happens(0.05) ? chance.pick(FAR_AREAS) : chance.weighted(performance.venue.areas),
		newsletter: chance.happens(0.42),
		newcomer: chance.happens(0.72)
	};
	known.push(client);
	return { client, isNew };
}

/** When an order is placed: weeks ahead for most, months for subscribers, the same day for some. */
function purchase(chance: Chance, performance: Performance, tariff: string): number {
	const median = tariff === 'Abonnement' ? 120 : tariff === 'Scolaire' ? 60 : 19;
	const days = Math.min(300, Math.exp(chance.normal(Math.log(median), 1.05)));
	const played = performance.day + performance.minute * 60_000;
	const day = Math.floor((played - days * MS_PER_DAY) / MS_PER_DAY) * MS_PER_DAY;
	// Noon and the evening, as web shops see it.
	const hour = chance.pick([8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 22]);
	const at = day + hour * 3_600_000 + chance.whole(0, 59) * 60_000;
	return Math.min(at, played - chance.whole(10, 180) * 60_000);
}

function hex(chance: Chance): string {
	const half = () =>
		Math.floor(chance.next() * 4_294_967_296)
			.toString(16)
			.padStart(8, '0');
	return half() + half().slice(0, 4);
}

/** The columns of `billetterie_transactions`. */
export function ticketColumns(tickets: readonly Ticket[]): Column[] {
	const text = (name: string, of: (ticket: Ticket) => string) => textColumn(name, tickets.map(of));
	return [
		text('id_commande', (t) => t.order),
		text('id_billet', (t) => t.ticket),
		dateTimeColumn(
			'date_achat',
			tickets.map((t) => t.boughtAt)
		),
		dateTimeColumn(
			'date_representation',
			tickets.map((t) => t.playedAt)
		),
		text('id_representation', (t) => t.performance.id),
		text('titre_spectacle', (t) => t.performance.show.title),
		text('discipline', (t) => DISCIPLINE_NAMES[t.performance.show.discipline]),
		text('salle', (t) => t.performance.venue.hall),
		integerColumn(
			'jauge',
			tickets.map((t) => t.performance.seats)
		),
		text('type_tarif', (t) => t.tariff),
		numberColumn(
			'prix_unitaire',
			tickets.map((t) => t.price)
		),
		numberColumn(
			'frais_service',
			tickets.map((t) => t.fee)
		),
		text('canal_vente', (t) => t.channel),
		text('mode_paiement', (t) => t.payment),
		text('statut', (t) => t.status),
		text('rta_acheteur', (t) => t.area),
		text('id_client_pseudo', (t) => t.client),
		booleanColumn(
			'premiere_visite',
			tickets.map((t) => t.firstVisit)
		),
		booleanColumn(
			'consentement_infolettre',
			tickets.map((t) => t.newsletter)
		)
	];
}

/** The columns of `representations`, counted from the tickets. */
export function performanceColumns(
	performances: readonly Performance[],
	tickets: readonly Ticket[]
): Column[] {
	const paid = new Map<string, { paying: number; favours: number; revenue: number }>();
	for (const ticket of tickets) {
		if (!ENTERS.has(ticket.status)) continue;
		const id = ticket.performance.id;
		const counted = paid.get(id) ?? { paying: 0, favours: 0, revenue: 0 };
		if (ticket.tariff === 'Faveur') counted.favours++;
		else counted.paying++;
		counted.revenue += ticket.price;
		paid.set(id, counted);
	}
	const text = (name: string, of: (performance: Performance) => string) =>
		textColumn(name, performances.map(of));
	const whole = (name: string, of: (performance: Performance) => number) =>
		integerColumn(name, performances.map(of));
	const counted = (performance: Performance) =>
		paid.get(performance.id) ?? { paying: 0, favours: 0, revenue: 0 };
	return [
		text('id_representation', (p) => p.id),
		text('id_organisme', (p) => p.venue.id),
		dateColumn(
			'date',
			performances.map((p) => p.day)
		),
		text(
			'heure',
			(p) => `${Math.floor(p.minute / 60)} h ${String(p.minute % 60).padStart(2, '0')}`
		),
		text('titre_spectacle', (p) => p.show.title),
		text('discipline', (p) => DISCIPLINE_NAMES[p.show.discipline]),
		text('langue', (p) => p.show.language),
		text('public_cible', (p) => p.show.audience),
		text('provenance_spectacle', (p) => p.show.provenance),
		text('region_code', (p) => p.venue.region),
		text('municipalite', (p) => p.venue.town),
		whole('billets_disponibles', (p) => p.seats),
		whole('entrees_payantes', (p) => counted(p).paying),
		whole('entrees_faveur', (p) => counted(p).favours),
		numberColumn(
			'revenus_billetterie',
			performances.map((p) => counted(p).revenue)
		),
		numberColumn(
			'cachet',
			performances.map((p) => p.fee)
		),
		text('statut', (p) => p.status)
	];
}
